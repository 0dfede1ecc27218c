package inbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"gehoor/internal/record"
)

// scan takes in what lies in the folder, again and again over one connection.
type scan struct {
	Reader
	*line
	done     string // the folder for what is in the register
	validity uint32
	left     map[imap.UID]bool // taken in, and could not be moved
	unmoved  error             // why not
}

// How much is taken in side by side: the register lets writes that come together share
// one commit. A mail larger than a load comes alone.
const (
	mostAtOnce = 32
	load       = 4 << 20 // bytes
)

// findDone finds out what the folder for mail that is done is called here, and makes it.
func (s *scan) findDone() error {
	s.done = Done
	if !s.Caps().Has(imap.CapNamespace) {
		return nil
	}
	return s.guard("connection", func() error {
		spaces, err := s.Namespace().Wait()
		if err == nil && len(spaces.Personal) > 0 {
			s.done = spaces.Personal[0].Prefix + Done
		}
		var refusal *imap.Error
		if errors.As(err, &refusal) { // it has none after all
			return nil
		}
		return err
	})
}

// all takes in everything that lies in the folder. Selecting it anew tells when the
// server numbered its mails anew; the register knows the mails all the same.
func (s *scan) all(ctx context.Context) error {
	var selected *imap.SelectData
	err := s.guard("mailbox", func() (err error) {
		selected, err = s.Select(s.Mailbox.Folder, nil).Wait()
		return err
	})
	s.unmoved = nil
	if err != nil || selected.NumMessages == 0 {
		return err
	}
	if s.validity != selected.UIDValidity {
		s.validity = selected.UIDValidity
		clear(s.left)
	}
	var found *imap.SearchData
	err = s.guard("mailbox", func() (err error) {
		found, err = s.UIDSearch(&imap.SearchCriteria{NotFlag: []imap.Flag{imap.FlagDeleted}}, nil).Wait()
		return err
	})
	if err != nil {
		return err
	}
	var again, fresh []imap.UID
	for _, uid := range found.AllUIDs() {
		if s.left[uid] {
			again = append(again, uid)
		} else {
			fresh = append(fresh, uid)
		}
	}
	if err := s.putAway(again); err != nil {
		return err
	}
	for len(fresh) > 0 {
		n := min(len(fresh), mostAtOnce)
		if err := s.several(ctx, fresh[:n]); err != nil {
			return err
		}
		fresh = fresh[n:]
	}
	return nil
}

// several takes in some mails: as many at a time as make one load.
func (s *scan) several(ctx context.Context, uids []imap.UID) error {
	sizes := map[imap.UID]int64{}
	err := s.guard("mailbox", func() error {
		got, err := s.Fetch(imap.UIDSetNum(uids...), &imap.FetchOptions{UID: true, RFC822Size: true}).Collect()
		for _, m := range got {
			sizes[m.UID] = m.RFC822Size
		}
		return err
	})
	if err != nil {
		return err
	}
	var some []imap.UID
	total := int64(0)
	for _, uid := range uids {
		size, there := sizes[uid]
		if !there { // somebody moved it meanwhile
			continue
		}
		if len(some) > 0 && total+size > load {
			if err := s.take(ctx, some); err != nil {
				return err
			}
			some, total = nil, 0
		}
		some, total = append(some, uid), total+size
	}
	if len(some) == 0 {
		return nil
	}
	return s.take(ctx, some)
}

// take takes mails in side by side, and then moves those that are in: stopped in between,
// they are there again, and the register knows them. One that the register cannot keep
// stays, and does not keep the others out.
func (s *scan) take(ctx context.Context, uids []imap.UID) error {
	whole := &imap.FetchItemBodySection{Peek: true}
	var all sync.WaitGroup
	var mu sync.Mutex
	var in []imap.UID
	var failed error
	fetched := s.guard("mailbox", func() error {
		cmd := s.Fetch(imap.UIDSetNum(uids...), &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{whole}})
		for m := cmd.Next(); m != nil; m = cmd.Next() {
			uid, raw, err := read(m)
			if err != nil {
				return errors.Join(err, cmd.Close())
			}
			if raw == nil {
				continue
			}
			all.Go(func() {
				_, err := s.Room.TakeIn(ctx, raw, record.MailPlace{Mailbox: s.Mailbox.Name(), UIDValidity: s.validity, UID: uint32(uid)})
				mu.Lock()
				defer mu.Unlock()
				if err != nil {
					failed = errors.Join(failed, fmt.Errorf("mail %d: %w", uid, err))
					return
				}
				in = append(in, uid)
			})
		}
		return cmd.Close()
	})
	all.Wait()
	if fetched != nil {
		return fetched
	}
	if err := s.putAway(in); err != nil {
		return err
	}
	if failed != nil {
		return &fault{"register", failed}
	}
	return nil
}

// read reads one mail as the server sends it; nil when it is gone. One that breaks off is
// an error: half a mail is none.
func read(m *imapclient.FetchMessageData) (uid imap.UID, raw []byte, err error) {
	for item := m.Next(); item != nil; item = m.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			uid = item.UID
		case imapclient.FetchItemDataBodySection:
			if item.Literal == nil {
				continue
			}
			raw = make([]byte, item.Literal.Size())
			if _, err := io.ReadFull(item.Literal, raw); err != nil {
				return uid, nil, fmt.Errorf("a mail broke off: %w", err)
			}
		}
	}
	return uid, raw, nil
}

// putAway moves mails. What the server will not move stays, is known to be in, and is
// tried again with the next look.
func (s *scan) putAway(uids []imap.UID) error {
	if len(uids) == 0 {
		return nil
	}
	err := s.guard("folder", func() error { return s.move(imap.UIDSetNum(uids...)) })
	if err != nil && codeOf(err) == "folder" { // it is not there yet, or no longer
		if s.guard("folder", func() error { return s.Create(s.done, nil).Wait() }) == nil {
			err = s.guard("folder", func() error { return s.move(imap.UIDSetNum(uids...)) })
		}
	}
	for _, uid := range uids {
		delete(s.left, uid)
		if err != nil {
			s.left[uid] = true
		}
	}
	if err != nil && codeOf(err) == "folder" {
		s.unmoved = err
		return nil
	}
	return err
}

// move puts mails away: moved, or copied and then removed, one after the other, so that
// nothing is removed that was not copied. A server that cannot remove one mail alone keeps
// it, marked as deleted: a bare EXPUNGE would remove what others marked.
func (s *scan) move(uids imap.UIDSet) error {
	if s.Caps().Has(imap.CapMove) {
		_, err := s.Move(uids, s.done).Wait()
		return err
	}
	if _, err := s.Copy(uids, s.done).Wait(); err != nil {
		return err
	}
	if err := s.Store(uids, &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagDeleted}}, nil).Close(); err != nil {
		return err
	}
	if !s.Caps().Has(imap.CapUIDPlus) {
		return nil
	}
	return s.UIDExpunge(uids).Close()
}
