"""MSAL Python: signs in with a code, then renews."""

from os import environ

import msal
from talk import Refused, perform, visit

SCOPES = ["User.Read"]


def checked(result):
    if "error" in result:
        raise Refused(result["error"], result.get("error_description", ""))
    return result


def flow():
    app = msal.ConfidentialClientApplication(
        environ["AZURE_CLIENT_ID"],
        client_credential=environ["AZURE_CLIENT_SECRET"],
        authority="https://login.microsoftonline.com/" + environ["AZURE_TENANT_ID"],
    )
    begun = app.initiate_auth_code_flow(SCOPES, redirect_uri=environ["REDIRECT_URI"])
    checked(app.acquire_token_by_auth_code_flow(begun, visit(begun["auth_uri"])))
    account = app.get_accounts()[0]
    checked(app.acquire_token_silent_with_error(SCOPES, account, force_refresh=True))
    return account["username"]


perform(flow)
