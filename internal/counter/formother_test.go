package counter_test

import (
	"maps"
	"net/http"
	"net/url"
	"testing"
	"time"

	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// A complaint that somebody fills in for another person, who may not know of it: the
// acknowledgement says who told it.
func TestAcknowledgementSaysWhoTold(t *testing.T) {
	s := counterOf(t, housetest.Empty(t))
	who := maps.Clone(truus)
	maps.Copy(who, url.Values{"for_whom": {"other"}, "caller_name": {"Els Veenhof"}, "caller_relation": {"dochter"}})
	number, _, _ := s.fillsIn().toCheck(about, who).sends()
	_, err := s.Mailroom.Accept(t.Context(), s.who(helpdesk), office.Form{Key: "accept"}, s.waiting()[0].ID)
	s.must(err)
	d, ok := s.found(number)
	if !ok {
		t.Fatal("it is not registered")
	}
	if told := s.last(office.Form{Dossier: d.ID}, record.Acknowledgement).ToldBy; told != "Els Veenhof (dochter)" {
		t.Errorf("it is told by %q", told)
	}
}

// Who left the question about talking first empty read the advice on the form: no letter
// says it again beside the acknowledgement.
func TestFormAdvisesOnce(t *testing.T) {
	s := counterOf(t, housetest.Empty(t))
	f := s.fillsIn()
	f.next(http.StatusOK, aStory).next(http.StatusOK, aWish).next(http.StatusOK, url.Values{"subject": {"employee"}})
	s.Clock.Set(s.Clock.Now().Add(time.Minute))
	number, _, _ := f.next(http.StatusOK, truus).sends()
	d, ok := s.found(number)
	if !ok {
		t.Fatal("it is not registered")
	}
	if n := len(s.orders(office.Form{Dossier: d.ID}, record.TalkFirst)); n != 0 {
		t.Errorf("%d letters with the advice", n)
	}
	s.last(office.Form{Dossier: d.ID}, record.Acknowledgement)
}
