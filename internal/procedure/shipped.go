package procedure

import "embed"

//go:embed files/*.yaml
var files embed.FS

// File is a procedure file as it is shipped.
type File struct {
	Name string // lsr-14-dagen: the id of the procedure, without .yaml
	Text []byte
}

// Shipped gives the procedure files that come with gehoor. The first is the default.
func Shipped() []File {
	var shipped []File
	for _, name := range []string{"lsr-14-dagen", "lsr-6-weken", "awb-wkkgz"} {
		text, err := files.ReadFile("files/" + name + ".yaml")
		if err != nil {
			panic(err) // the file is compiled in: only a wrong name above comes here
		}
		shipped = append(shipped, File{Name: name, Text: text})
	}
	return shipped
}
