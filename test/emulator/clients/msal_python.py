"""MSAL Python as its documentation shows it, over https. Usage: msal_python.py scenario settings-as-JSON."""

import json
import sys
from urllib.parse import parse_qsl, urlsplit

import msal

scenario, settings = sys.argv[1], json.loads(sys.argv[2])
base_url, client_id, tenant_id = settings["baseUrl"], settings["clientId"], settings["tenantId"]
SCOPES = ["User.ReadBasic.All"]


def visit(url):
    print(json.dumps({"visit": url}), flush=True)
    return dict(parse_qsl(urlsplit(sys.stdin.readline().strip()).query))


def client(tenant, kind=msal.ConfidentialClientApplication, **more):
    return kind(
        client_id,
        authority=f"{base_url}/{tenant}",
        verify=settings["caFile"],
        instance_discovery=False,
        **more,
    )


def web():
    app = client("common", client_credential=settings["secret"])
    flow = app.initiate_auth_code_flow(SCOPES, redirect_uri=settings["redirectUri"])
    result = app.acquire_token_by_auth_code_flow(flow, visit(flow["auth_uri"]))
    if "error" in result:
        return {"refused": result}
    account = app.get_accounts()[0]
    silent = app.acquire_token_silent(SCOPES, account)
    forced = app.acquire_token_silent(SCOPES, account, force_refresh=True)
    return {
        "claims": result["id_token_claims"],
        "username": account["username"],
        "cached": silent["access_token"] == result["access_token"],
        "renewed": forced["access_token"] != result["access_token"],
    }


def secret():
    app = client(tenant_id, client_credential=settings["secret"])
    return app.acquire_token_for_client([settings["resource"]])


def certificate():
    with open(settings["keyFile"], encoding="utf-8") as file:
        credential = {"private_key": file.read(), "thumbprint": settings["thumbprintSha1"]}
    app = client(tenant_id, client_credential=credential)
    return app.acquire_token_for_client([settings["resource"]])


def device():
    app = client("common", kind=msal.PublicClientApplication)
    flow = app.initiate_device_flow(SCOPES)
    visit(f"{flow['verification_uri']}?user_code={flow['user_code']}")
    result = app.acquire_token_by_device_flow(flow)
    return {"username": result.get("id_token_claims", {}).get("preferred_username"), "error": result.get("error")}


def behalf():
    app = client(tenant_id, client_credential=settings["secret"])
    return app.acquire_token_on_behalf_of(settings["assertion"], SCOPES)


SCENARIOS = {
    "web": web,
    "secret": secret,
    "certificate": certificate,
    "device": device,
    "behalf": behalf,
}
try:
    outcome = {"ok": SCENARIOS[scenario]()}
except Exception as error:  # the test asserts on whatever the library raises
    outcome = {"error": {"name": type(error).__name__, "message": str(error)}}
print(json.dumps({"result": outcome}), flush=True)
