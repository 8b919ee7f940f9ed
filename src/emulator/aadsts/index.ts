export {
  AadstsError,
  aadstsError,
  errorBody,
  errorDescription,
  errorUri,
  orError,
  rowOf,
} from './aadsts-error.ts';
export { errorTime, type Incident, incidentOf } from './incident.ts';
export { inWordsOf, userFlowError } from './user-flow-error.ts';
