//go:build !libxml2 || !cgo

package libxml2

import (
	"errors"
	"strings"
	"testing"
)

func TestAbsent(t *testing.T) {
	if Available() || Version() != "" {
		t.Error("claims to have libxml2")
	}
	if _, err := Compile([]byte("<a/>")); !errors.Is(err, ErrNotBuilt) {
		t.Errorf("Compile: %v", err)
	}
	s := new(Schema)
	defer s.Close()
	if _, err := s.Validate(strings.NewReader("<a/>")); !errors.Is(err, ErrNotBuilt) {
		t.Errorf("Validate: %v", err)
	}
}
