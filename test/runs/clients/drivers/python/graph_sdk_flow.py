"""The Graph SDK for Python, with azure-identity's token."""

import asyncio

from azure.identity.aio import EnvironmentCredential
from msgraph import GraphServiceClient
from msgraph.generated.users.users_request_builder import UsersRequestBuilder
from kiota_abstractions.base_request_configuration import RequestConfiguration
from talk import perform


async def people():
    async with EnvironmentCredential() as credential:
        graph = GraphServiceClient(credential, ["https://graph.microsoft.com/.default"])
        query = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(top=3)
        found = await graph.users.get(RequestConfiguration(query_parameters=query))
        return f"{len(found.value)} people"


perform(lambda: asyncio.run(people()))
