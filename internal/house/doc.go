// Package house builds the rooms into one house, and furnishes an invented
// organisation through the tasks, with a set clock: for demo and for tests (which get theirs from housetest.New).
package house
