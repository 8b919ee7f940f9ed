"""azure-identity: the app's own token, with which the Azure clients' pipeline asks for people."""

from azure.core import PipelineClient
from azure.core.pipeline.policies import BearerTokenCredentialPolicy, RetryPolicy
from azure.core.rest import HttpRequest
from azure.identity import EnvironmentCredential
from talk import perform


def flow():
    bearer = BearerTokenCredentialPolicy(EnvironmentCredential(), "https://graph.microsoft.com/.default")
    with PipelineClient("https://graph.microsoft.com", policies=[RetryPolicy(), bearer]) as client:
        response = client.send_request(HttpRequest("GET", "https://graph.microsoft.com/v1.0/users?$top=3"))
        response.raise_for_status()
        return f"{len(response.json()['value'])} people"


perform(flow)
