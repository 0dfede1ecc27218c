package record

// Printed is a letter's final bytes, with the name by which a reader finds it in a
// sheaf: its kind and number, never a person.
type Printed struct {
	Name string
	PDF  []byte
}

// A Sheaf is letters that are printed together, as one file.
type Sheaf struct {
	Title    string
	Language string // of who prints: "nl" or "en"
	Letters  []Printed
}
