package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"

	"gehoor/internal/house"
	"gehoor/internal/porch"
)

// logIn gives a browser of somebody of the invented organisation.
func logIn(server string, who int) (*http.Client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	client := &http.Client{Jar: jar, Transport: &http.Transport{DisableCompression: true}}
	answer, err := client.PostForm(server+porch.LogInPath, url.Values{"email": {house.DemoStaff[who].Email}, "password": {house.DemoPassword}})
	if err != nil {
		return nil, err
	}
	return client, answer.Body.Close()
}

func fetch(client *http.Client, address string) (int64, error) {
	answer, err := client.Get(address)
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(io.Discard, answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		return n, err
	}
	if answer.StatusCode != http.StatusOK || answer.Request.URL.String() != address {
		return n, fmt.Errorf("%s answers %s at %s", address, answer.Status, answer.Request.URL.Path)
	}
	return n, nil
}

// asset finds what a browser fetches beside a page.
var asset = regexp.MustCompile(`<(?:link|img|script)[^>]*(?:href|src)="(/[^"]+)"`)

// firstVisit counts the bytes of a page and of all that a browser fetches with it,
// compressed as over the line; it gives the number of files as well.
func firstVisit(client *http.Client, server, path string) (bytes int64, files int, err error) {
	page, err := compressed(client, server+path)
	if err != nil {
		return 0, 0, err
	}
	answer, err := client.Get(server + path)
	if err != nil {
		return 0, 0, err
	}
	text, err := io.ReadAll(answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		return 0, 0, err
	}
	bytes, files = page, 1
	var seen []string
	for _, found := range asset.FindAllSubmatch(text, -1) {
		address := string(found[1])
		if slices.Contains(seen, address) {
			continue
		}
		seen = append(seen, address)
		n, err := compressed(client, server+address)
		if err != nil {
			return 0, 0, err
		}
		bytes, files = bytes+n, files+1
	}
	return bytes, files, nil
}

func compressed(client *http.Client, address string) (int64, error) {
	ask, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	ask.Header.Set("Accept-Encoding", "gzip")
	answer, err := client.Do(ask)
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(io.Discard, answer.Body)
	return n, errors.Join(err, answer.Body.Close())
}
