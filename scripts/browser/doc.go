// Package browser looks at every page of gehoor in a real Chromium: its tests serve a
// furnished house, find a concrete address for every route that shows a page, and hand
// those to walk.mjs, which tells what it found as lines of JSON. Each page and check is
// a test of its own here.
package browser
