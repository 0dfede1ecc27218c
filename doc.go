// Package gehoor is the root of the register's source: it holds no code, only
// the test that keeps the rooms apart (layers_test.go). The program itself is
// cmd/gehoor; its rooms stand in internal.
package gehoor
