// PUBLIC_KEY='whpk_…' go run verify.go
package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"os"
	"strings"
)

var signed = []string{"__SIGNED__"}

// isGenuine takes the raw bytes of the body, before any parser, and the headers by lower-case name.
func isGenuine(body []byte, headers map[string]string, publicKey string) bool {
	_, text, _ := strings.Cut(publicKey, "_")
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return false
	}
	// Joined by dots, the body last.
	var content []byte
	for _, name := range signed {
		content = append(content, headers[name]+"."...)
	}
	content = append(content, body...)
	for _, given := range strings.Split(headers["__HEADER__"], "__SEPARATOR__") {
		signature, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(given, "__PREFIX__"))
		if err == nil && strings.HasPrefix(given, "__PREFIX__") && ed25519.Verify(key, content, signature) {
			return true
		}
	}
	return false
}

func main() {
	// This delivery, as it was sent. Your server should also refuse requests whose time is minutes away from now.
	body := []byte("__BODY__")
	headers := map[string]string{"__HEADERS__": ""}

	if !isGenuine(body, headers, os.Getenv("PUBLIC_KEY")) {
		fmt.Println("NOT genuine")
		os.Exit(1)
	}
	fmt.Println("genuine")
}
