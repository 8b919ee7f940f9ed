import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.*;

/** How a driver talks with the matrix: JSON lines out, one line in for each visit. */
class Talk {
    static void sayOk(String value) {
        System.out.println("{\"result\":{\"ok\":" + quoted(value) + "}}");
    }

    static void sayError(Throwable error) {
        var name = quoted(error.getClass().getSimpleName());
        var message = quoted(error.getMessage());
        System.out.println("{\"result\":{\"error\":{\"name\":" + name + ",\"message\":" + message + "}}}");
    }

    /** Sends the person somewhere and gives the address that they came back to. */
    static URI goTo(String url) {
        System.out.println("{\"visit\":" + quoted(url) + "}");
        return URI.create(new Scanner(System.in).nextLine());
    }

    /** The code in an address, or the error, which an app reads itself. */
    static String codeIn(URI address) {
        var found = new HashMap<String, String>();
        for (var pair : String.valueOf(address.getRawQuery()).split("&")) {
            var parts = pair.split("=", 2);
            if (parts.length == 2) found.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        if (found.containsKey("error"))
            throw new IllegalStateException("the app: " + found.get("error") + " " + found.get("error_description"));
        return found.getOrDefault("code", "");
    }

    static String quoted(String text) {
        var plain = String.valueOf(text).replace("\\", "\\\\").replace("\"", "\\\"");
        return '"' + plain.replaceAll("[\\x00-\\x1f]+", " ") + '"';
    }
}
