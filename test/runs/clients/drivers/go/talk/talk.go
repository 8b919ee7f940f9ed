// Package talk is how a driver talks with the matrix: JSON lines out, one line in for each visit.
package talk

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
)

func say(line map[string]any) {
	text, _ := json.Marshal(line)
	fmt.Println(string(text))
}

// Visit sends the person somewhere and gives the code that they came back with, or the error, which an app reads itself.
func Visit(address string) (string, error) {
	say(map[string]any{"visit": address})
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if err != nil {
		return "", err
	}
	back, err := url.Parse(strings.TrimSpace(line))
	if err != nil {
		return "", err
	}
	if refused := back.Query().Get("error"); refused != "" {
		return "", errors.New("the app: " + refused + " " + back.Query().Get("error_description"))
	}
	return back.Query().Get("code"), nil
}

// Perform runs the flow and tells what came of it: its value, or the error's names.
func Perform(flow func() (string, error)) {
	value, err := flow()
	if err != nil {
		failed := map[string]any{"name": fmt.Sprintf("%T", err), "message": err.Error()}
		say(map[string]any{"result": map[string]any{"error": failed}})
		return
	}
	say(map[string]any{"result": map[string]any{"ok": value}})
}
