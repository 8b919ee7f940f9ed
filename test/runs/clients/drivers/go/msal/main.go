// MSAL Go: signs in with a code, then asks its cache: it renews only what is over.
package main

import (
	"context"
	"os"

	"drivers/talk"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
)

var scopes = []string{"User.Read"}

// The first three the library adds when it redeems a code, but not to the address of the sign-in.
var wanted = append([]string{"openid", "profile", "offline_access"}, scopes...)

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
	address, err := client.AuthCodeURL(ctx, os.Getenv("AZURE_CLIENT_ID"), redirect, wanted)
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
	cached, err := client.AcquireTokenSilent(ctx, scopes, confidential.WithSilentAccount(result.Account))
	return cached.Account.PreferredUsername, err
}

func main() { talk.Perform(flow) }
