// The web app on Azure App Service (Linux): docs/deploying.md says how. Its files are put there afterwards (az webapp deploy).
@description('In front of the names of everything, and the first part of the address.')
@minLength(3)
@maxLength(12)
param name string
param location string = resourceGroup().location
@description('Application (client) ID of the registration, which trusts the identity (output identityPrincipalId).')
param clientId string
@description('Who may sign in.')
param authority string = '${environment().authentication.loginEndpoint}${tenant().tenantId}'
@description('32 random characters or more.')
@secure()
@minLength(32)
param sessionSecret string

var host = '${name}-${uniqueString(resourceGroup().id, name)}.azurewebsites.net'

module ground 'ground.bicep' = {
  name: '${name}-ground'
  params: {
    name: name
    location: location
    sessionSecret: sessionSecret
  }
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: '${name}-plan'
  location: location
  kind: 'linux'
  sku: {
    name: 'P0v3'
    capacity: 2
  }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: split(host, '.')[0]
  location: location
  kind: 'app,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${ground.outputs.identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: ground.outputs.identityId
    siteConfig: {
      linuxFxVersion: 'NODE|22-lts'
      appCommandLine: 'node dist/main/web.js'
      alwaysOn: true
      ftpsState: 'Disabled'
      minTlsVersion: '1.2'
      healthCheckPath: '/readyz'
      appSettings: [
        { name: 'NODE_ENV', value: 'production' }
        { name: 'HOST', value: '0.0.0.0' }
        { name: 'PORT', value: '8080' }
        { name: 'BASE_URL', value: 'https://${host}' }
        { name: 'TRUST_PROXY', value: '1' }
        { name: 'CLIENT_ID', value: clientId }
        { name: 'AUTHORITY', value: authority }
        { name: 'CLIENT_MANAGED_IDENTITY', value: ground.outputs.identityClientId }
        { name: 'SESSION_SECRET', value: '@Microsoft.KeyVault(SecretUri=${ground.outputs.sessionSecretUri})' }
        { name: 'REDIS_URL', value: ground.outputs.redisUrl }
        { name: 'REDIS_AUTH', value: 'entra' }
        // What is put there is built, and has what it needs.
        { name: 'SCM_DO_BUILD_DURING_DEPLOYMENT', value: 'false' }
      ]
    }
  }
}

output redirectUri string = 'https://${host}/getAToken'
output identityPrincipalId string = ground.outputs.identityPrincipalId
