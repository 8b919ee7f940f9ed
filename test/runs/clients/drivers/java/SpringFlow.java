import java.net.*;
import java.net.http.*;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.*;

/** Spring Security: an app of one page that needs a sign-in. */
@EnableAutoConfiguration
@RestController
public class SpringFlow {
    static final String BASE = "http://localhost:3000";
    static final HttpClient BROWSER = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    static volatile Exception refused;

    public static void main(String[] args) {
        var environment = System.getenv();
        var client = "spring.security.oauth2.client.";
        try {
            var app = new SpringApplication(SpringFlow.class);
            app.setDefaultProperties(Map.of(
                "server.port", "3000",
                "server.address", "127.0.0.1",
                client + "registration.entra.client-id", environment.get("AZURE_CLIENT_ID"),
                client + "registration.entra.client-secret", environment.get("AZURE_CLIENT_SECRET"),
                client + "registration.entra.scope", "openid,profile,User.Read",
                client + "provider.entra.issuer-uri",
                "https://login.microsoftonline.com/" + environment.get("AZURE_TENANT_ID") + "/v2.0"));
            app.run();
            Talk.sayOk(flow());
        } catch (Exception error) {
            Talk.sayError(error);
        }
        System.exit(0);
    }

    static String flow() throws Exception {
        var begin = open(URI.create(BASE + "/")).headers().firstValue("location").orElseThrow();
        var request = open(URI.create(BASE + "/").resolve(begin)).headers().firstValue("location").orElseThrow();
        var back = open(Talk.goTo(request));
        if (refused != null) throw refused;
        var page = open(URI.create(BASE + "/").resolve(back.headers().firstValue("location").orElseThrow()));
        if (page.statusCode() != 200) throw new IllegalStateException("the app: status " + page.statusCode());
        return page.body();
    }

    static HttpResponse<String> open(URI uri) throws Exception {
        return BROWSER.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @GetMapping("/")
    String who(@AuthenticationPrincipal OidcUser person) {
        return person.getPreferredUsername();
    }

    @Bean
    SecurityFilterChain everything(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(all -> all.anyRequest().authenticated())
            .oauth2Login(login -> login.failureHandler((request, response, error) -> refused = error))
            .build();
    }
}
