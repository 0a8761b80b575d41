// The client that is generated from the description of the network (client.mjs), and what its types say of a method:
// "tracking/Placements" is asked for with RequestOf<…>, and answers ReplyOf<…>. What is not in the description does not
// compile.
import createClient from 'openapi-fetch';
import type { components, paths } from '../generated/api.d.ts';
import { authorization } from './session.ts';
import type { Credential } from './session.ts';

export type Schemas = components['schemas'];

type Post<P extends keyof paths> = paths[P] extends { post: infer O } ? O : never;
type Get<P extends keyof paths> = paths[P] extends { get: infer O } ? O : never;
type Asked<O> = O extends { requestBody: { content: { 'application/json': infer B } } }
  ? B
  : O extends { parameters: { query?: { q?: infer Q } } }
    ? NonNullable<Q>
    : never;
type Told<O> = O extends { responses: { 200: { content: { 'application/json': { reply?: infer R } } } } } ? R : never;

type PathOf<M extends string> = `/v1/${M}` & keyof paths;
type OperationOf<M extends string> = Post<PathOf<M>> | Get<PathOf<M>>;
type Methods<P> = P extends `/v1/${infer Service}/${infer Name}`
  ? Service extends 'openapi' | 'problems' | 'files'
    ? never
    : `${Service}/${Name}`
  : never;

export type Method = Methods<keyof paths>;
export type RequestOf<M extends Method> = Asked<OperationOf<M>>;
export type ReplyOf<M extends Method> = Told<OperationOf<M>>;

export type Client = ReturnType<typeof createClient<paths>>;

export function newClient(token: Credential, baseUrl: string, fetch?: (request: Request) => Promise<Response>): Client {
  return createClient<paths>({
    baseUrl,
    fetch,
    headers: { Accept: 'application/json', ...authorization(token) },
    querySerializer: (query) => new URLSearchParams(texts(query)).toString(),
  });
}

// A question is one parameter that holds it in JSON.
function texts(query: Record<string, unknown>): Record<string, string> {
  const set = Object.entries(query).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]));
}
