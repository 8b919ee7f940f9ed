export { type Collection, collectionOf, type EntityType, GROUP, type Row, USER } from './entity.ts';
export { GraphError, graphErrorResponse, graphHeaders, orGraphError } from './graph-error.ts';
export { listMembers, sameRequest } from './list.ts';
export { countOf } from './list-page.ts';
export { isEventual, readListQuery } from './list-query.ts';
