// MSAL Go: signs in with a code, then renews.
package main

import (
	"context"
	"os"

	"drivers/talk"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
)

var scopes = []string{"User.Read"}

// With claims the cache does not do, so that it renews.
const claims = `{"access_token":{"nbf":{"essential":true,"value":"1"}}}`

func flow() (string, error) {
	ctx := context.Background()
	secret, err := confidential.NewCredFromSecret(os.Getenv("AZURE_CLIENT_SECRET"))
	if err != nil {
		return "", err
	}
	authority := "https://login.microsoftonline.com/" + os.Getenv("AZURE_TENANT_ID")
	client, err := confidential.New(authority, os.Getenv("AZURE_CLIENT_ID"), secret)
	if err != nil {
		return "", err
	}
	redirect := os.Getenv("REDIRECT_URI")
	address, err := client.AuthCodeURL(ctx, os.Getenv("AZURE_CLIENT_ID"), redirect, scopes)
	if err != nil {
		return "", err
	}
	code, err := talk.Visit(address)
	if err != nil {
		return "", err
	}
	result, err := client.AcquireTokenByAuthCode(ctx, code, redirect, scopes)
	if err != nil {
		return "", err
	}
	again := confidential.WithSilentAccount(result.Account)
	renewed, err := client.AcquireTokenSilent(ctx, scopes, again, confidential.WithClaims(claims))
	return renewed.Account.PreferredUsername, err
}

func main() { talk.Perform(flow) }
