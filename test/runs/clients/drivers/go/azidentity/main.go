// azidentity: the app's own token, with which the Azure clients' pipeline asks for people.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"drivers/talk"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
)

func flow() (string, error) {
	credential, err := azidentity.NewEnvironmentCredential(nil)
	if err != nil {
		return "", err
	}
	bearer := runtime.NewBearerTokenPolicy(credential, []string{"https://graph.microsoft.com/.default"}, nil)
	perRetry := runtime.PipelineOptions{PerRetry: []policy.Policy{bearer}}
	pipeline := runtime.NewPipeline("matrix", "v1.0.0", perRetry, nil)
	request, err := runtime.NewRequest(context.Background(), http.MethodGet, "https://graph.microsoft.com/v1.0/users?$top=3")
	if err != nil {
		return "", err
	}
	response, err := pipeline.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	if !runtime.HasStatusCode(response, http.StatusOK) {
		return "", runtime.NewResponseError(response)
	}
	var page struct{ Value []any }
	err = json.NewDecoder(response.Body).Decode(&page)
	return fmt.Sprintf("%d people", len(page.Value)), err
}

func main() { talk.Perform(flow) }
