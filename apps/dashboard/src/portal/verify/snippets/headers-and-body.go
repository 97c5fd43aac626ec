// WEBHOOK_SECRET='…' go run verify.go
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	__IMPORTS__
	"fmt"
	"os"
	"strings"
)

var signed = []string{"__SIGNED__"}

// isGenuine takes the raw bytes of the body, before any parser, and the headers by lower-case name.
func isGenuine(body []byte, headers map[string]string, secret string) bool {
	__KEY__
	mac := hmac.New(sha256.New, key)
	// Joined by dots, the body last.
	for _, name := range signed {
		mac.Write([]byte(headers[name] + "."))
	}
	mac.Write(body)
	expected := "__PREFIX__" + __ENCODED__
	// While a secret is being replaced there are several signatures; one has to fit.
	for _, given := range strings.Split(headers["__HEADER__"], "__SEPARATOR__") {
		if hmac.Equal([]byte(given), []byte(expected)) {
			return true
		}
	}
	return false
}

func main() {
	// This delivery, as it was sent. Your server should also refuse requests whose time is minutes away from now.
	body := []byte("__BODY__")
	headers := map[string]string{"__HEADERS__": ""}

	if !isGenuine(body, headers, os.Getenv("WEBHOOK_SECRET")) {
		fmt.Println("NOT genuine")
		os.Exit(1)
	}
	fmt.Println("genuine")
}
