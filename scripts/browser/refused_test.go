package browser

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"gehoor/internal/porch"
)

// refusals sends every form of the stops with nothing typed in it, and gives the pages
// that refuse it: the summary of the mistakes is there only then. What is carried out
// all the same happens in a twin of the world.
func refusals(t *testing.T, routes []porch.Route, stops []stop) (refused []stop) {
	t.Helper()
	mux := http.NewServeMux()
	for _, r := range routes {
		mux.Handle(r.Pattern, http.NotFoundHandler())
	}
	twins, tried := map[*world]*world{}, map[string]bool{}
	for _, s := range stops {
		for _, f := range emptied(t, s.world.ask(s), false) {
			_, pattern := mux.Handler(httptest.NewRequest(f.method, f.action, nil))
			if s.Form != "" {
				pattern += " after " + s.Name // the same address, another form
			}
			if tried[pattern] {
				continue
			}
			if twins[s.world] == nil {
				twins[s.world] = s.world.twin(t)
			}
			r := s.form(pattern+" with nothing typed", f)
			got := twins[s.world].ask(r)
			switch {
			case got.Code >= 400 && got.Code != http.StatusNotFound && isPage(got):
				r.Status = got.Code
				r.Refused = len(emptied(t, got, true)) > 0 // else it is an error page: there is no form to go on with
				refused = append(refused, r)
				tried[pattern] = true
			case f.method == http.MethodPost && got.Code < 400: // something was carried out
				delete(twins, s.world)
				tried[pattern] = true
			}
		}
	}
	return refused
}

// emptyForm is a form as a browser sends it when nobody typed anything.
type emptyForm struct {
	method, action string
	values         url.Values
}

// emptied gives the forms of a page; without all only those that ask something.
func emptied(t *testing.T, answer *httptest.ResponseRecorder, all bool) (forms []emptyForm) {
	t.Helper()
	page, err := goquery.NewDocumentFromReader(strings.NewReader(answer.Body.String()))
	check(t, err)
	page.Find("main form").Each(func(_ int, form *goquery.Selection) {
		asks := form.Find("input:not([type=hidden]), textarea, select")
		if asks.Length() == 0 && !all {
			return
		}
		f := emptyForm{method: strings.ToUpper(form.AttrOr("method", "get")), action: form.AttrOr("action", ""), values: url.Values{}}
		form.Find("input[type=hidden]").Each(func(_ int, x *goquery.Selection) { f.values.Add(x.AttrOr("name", ""), x.AttrOr("value", "")) })
		asks.Each(func(_ int, x *goquery.Selection) {
			switch kind := x.AttrOr("type", ""); {
			case kind == "checkbox" || kind == "radio" || kind == "file" || x.AttrOr("name", "") == "":
			case x.Is("select") && x.Find("option[value='']").Length() == 0:
				f.values.Add(x.AttrOr("name", ""), x.Find("option").First().AttrOr("value", ""))
			default:
				f.values.Add(x.AttrOr("name", ""), "")
			}
		})
		if button := form.Find("button:not([type=button])").First(); button.AttrOr("name", "") != "" {
			f.values.Add(button.AttrOr("name", ""), button.AttrOr("value", ""))
		}
		forms = append(forms, f)
	})
	return forms
}

// form is the stop at which a form of this page is sent.
func (s stop) form(name string, f emptyForm) stop {
	next := s.world.stop(name, s.who, f.action, 0)
	if f.method == http.MethodGet {
		path, _, _ := strings.Cut(f.action, "?")
		next = s.world.stop(name, s.who, path+"?"+f.values.Encode(), 0)
	} else {
		next.Form = f.values.Encode()
	}
	next.Cookies = s.Cookies
	return next
}
