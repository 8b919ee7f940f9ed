import com.microsoft.aad.msal4j.*;
import java.net.URI;
import java.util.*;
import java.util.concurrent.ExecutionException;

/** MSAL4J: signs in with a code, then renews. */
public class MsalFlow {
    public static void main(String[] args) {
        try {
            Talk.sayOk(flow());
        } catch (Exception error) {
            Talk.sayError(error instanceof ExecutionException ? error.getCause() : error);
        }
        System.exit(0);
    }

    static String flow() throws Exception {
        var environment = System.getenv();
        var secret = ClientCredentialFactory.createFromSecret(environment.get("AZURE_CLIENT_SECRET"));
        var client = ConfidentialClientApplication.builder(environment.get("AZURE_CLIENT_ID"), secret)
            .authority("https://login.microsoftonline.com/" + environment.get("AZURE_TENANT_ID"))
            .build();
        var redirectUri = environment.get("REDIRECT_URI");
        var scopes = Set.of("User.Read");
        var request = AuthorizationRequestUrlParameters.builder(redirectUri, scopes)
            .state(UUID.randomUUID().toString()).nonce(UUID.randomUUID().toString()).build();
        var back = Talk.goTo(client.getAuthorizationRequestUrl(request).toString());
        var code = Talk.codeIn(back);
        var result = client.acquireToken(
            AuthorizationCodeParameters.builder(code, URI.create(redirectUri)).scopes(scopes).build()).get();
        var again = SilentParameters.builder(scopes, result.account()).forceRefresh(true).build();
        return client.acquireTokenSilently(again).get().account().username();
    }
}
