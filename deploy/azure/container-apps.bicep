// The web app on Azure Container Apps, from an image in a registry: docs/deploying.md says how.
@description('In front of the names of everything, and the first part of the address.')
@minLength(3)
@maxLength(12)
param name string
param location string = resourceGroup().location
@description('Name of the Azure Container Registry in this resource group that has the image.')
param registryName string
@description('Of deploy/app/Dockerfile, such as directory:0.1.0.')
param image string
@description('Application (client) ID of the registration, which trusts the identity (output identityPrincipalId).')
param clientId string
@description('Who may sign in.')
param authority string = '${environment().authentication.loginEndpoint}${tenant().tenantId}'
@description('32 random characters or more.')
@secure()
@minLength(32)
param sessionSecret string

var mayPull = '7f951dda-4ed3-4680-a7ca-43fe172d538d' // AcrPull

module ground 'ground.bicep' = {
  name: '${name}-ground'
  params: {
    name: name
    location: location
    sessionSecret: sessionSecret
  }
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: registryName
}

resource pulling 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: registry
  name: guid(registry.id, resourceGroup().id, name, mayPull)
  properties: {
    principalId: ground.outputs.identityPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', mayPull)
  }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
  }
}

resource surroundings 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${name}-environment'
  location: location
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
  }
}

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  dependsOn: [pulling]
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${ground.outputs.identityId}': {} }
  }
  properties: {
    environmentId: surroundings.id
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: 5000
        allowInsecure: false
      }
      registries: [
        {
          server: registry.properties.loginServer
          identity: ground.outputs.identityId
        }
      ]
      secrets: [
        {
          name: 'session-secret'
          keyVaultUrl: ground.outputs.sessionSecretUri
          identity: ground.outputs.identityId
        }
      ]
    }
    template: {
      terminationGracePeriodSeconds: 20
      containers: [
        {
          name: 'app'
          image: '${registry.properties.loginServer}/${image}'
          resources: {
            cpu: json('0.5')
            memory: '1Gi'
          }
          env: [
            { name: 'BASE_URL', value: 'https://${name}.${surroundings.properties.defaultDomain}' }
            { name: 'TRUST_PROXY', value: '1' }
            { name: 'CLIENT_ID', value: clientId }
            { name: 'AUTHORITY', value: authority }
            { name: 'CLIENT_MANAGED_IDENTITY', value: ground.outputs.identityClientId }
            { name: 'SESSION_SECRET', secretRef: 'session-secret' }
            { name: 'REDIS_URL', value: ground.outputs.redisUrl }
            { name: 'REDIS_AUTH', value: 'entra' }
          ]
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/healthz', port: 5000 }
              periodSeconds: 1
              failureThreshold: 30
            }
            {
              type: 'Liveness'
              httpGet: { path: '/healthz', port: 5000 }
              periodSeconds: 10
              timeoutSeconds: 5
            }
            {
              type: 'Readiness'
              httpGet: { path: '/readyz', port: 5000 }
              periodSeconds: 5
              timeoutSeconds: 3
            }
          ]
        }
      ]
      scale: {
        minReplicas: 2
        maxReplicas: 10
        rules: [
          {
            name: 'requests'
            http: { metadata: { concurrentRequests: '50' } }
          }
        ]
      }
    }
  }
}

output redirectUri string = 'https://${name}.${surroundings.properties.defaultDomain}/getAToken'
output identityPrincipalId string = ground.outputs.identityPrincipalId
