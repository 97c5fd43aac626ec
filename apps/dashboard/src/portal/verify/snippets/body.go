// WEBHOOK_SECRET='…' go run verify.go
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	__IMPORTS__
	"fmt"
	"os"
)

// isGenuine takes the raw bytes of the body, before any parser, and the header __HEADER__.
func isGenuine(body []byte, signature, secret string) bool {
	__KEY__
	mac := hmac.New(sha256.New, key)
	mac.Write(body)
	expected := "__PREFIX__" + __ENCODED__
	return hmac.Equal([]byte(signature), []byte(expected))
}

func main() {
	// This delivery, as it was sent.
	body := []byte("__BODY__")
	signature := "__SIGNATURE__"

	if !isGenuine(body, signature, os.Getenv("WEBHOOK_SECRET")) {
		fmt.Println("NOT genuine")
		os.Exit(1)
	}
	fmt.Println("genuine")
}
