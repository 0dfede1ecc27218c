// Package frame is what the pages of the counter share: the rooms they ask, their
// addresses, and the masthead and foot around each page.
package frame
