package letter

// A placed row has its page and its top.
type placed struct {
	row
	top float64
}

// paginate puts the rows on pages; the first page has room from top on. Rows
// that keep to the next move together, unless they fill more than a page.
func (s *sheet) paginate(top float64) [][]placed {
	pages := [][]placed{nil}
	y := top
	for from := 0; from < len(s.rows); {
		to, tall := s.chunk(from)
		page := len(pages) - 1
		if y+tall > bottom && len(pages[page]) > 0 {
			pages, y = append(pages, nil), nextTop
			page++
		}
		if s.rows[from].slip && len(pages[page]) > 0 {
			y = bottom - tall // at the foot, where it is easy to cut off
		}
		mayBreak := tall > bottom-nextTop
		for _, r := range s.rows[from:to] {
			if mayBreak && len(pages[page]) > 0 && y+r.before+r.height > bottom {
				pages, y = append(pages, nil), nextTop
				page++
			}
			if len(pages[page]) > 0 {
				y += r.before
			}
			pages[page] = append(pages[page], placed{r, y})
			y += r.height
		}
		from = to
	}
	return pages
}

// chunk gives the end of the rows that stay together and their height in mm.
func (s *sheet) chunk(from int) (to int, tall float64) {
	for to = from; to < len(s.rows); to++ {
		tall += s.rows[to].before + s.rows[to].height
		if !s.rows[to].keep {
			return to + 1, tall
		}
	}
	return to, tall
}
