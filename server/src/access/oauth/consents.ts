/**
 * Consents: what a signed-in user is asked, what they may agree to, and the list of what was agreed to. A user grants at
 * most what their role in the chosen workspace has, and of that at most what the client is registered for and asks for.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errors, type Provider } from 'oidc-provider';
import { asSystem, currentContext, withContext } from '../../context.ts';
import type { Db } from '../../db/open.ts';
import { type Environment, inTransaction } from '../../db/tx.ts';
import { AppError, invalidField, notFound } from '../../errors.ts';
import { isUuid, newId } from '../../ids.ts';
import { record } from '../audit/record.ts';
import type { Principal, Role, UserPrincipal } from '../principal.ts';
import { isScopeName, type ScopeName } from '../scopes.ts';
import { visibleTo } from './clients.ts';
import {
  type ClientRow,
  countGrants,
  deleteGrant,
  findAnyClient,
  findGrant,
  type GrantRow,
  insertGrant,
  listGrants,
  membershipsOf,
  type Page,
  workspaceName,
} from './queries.ts';
import { canGive, canLetSend } from './rights.ts';

/** Of one user to one client in one workspace: two laptops and a few forgotten ones. */
const MOST_GRANTS = 20;

/** The browser's request and answer: they carry the cookie that binds the question to the browser. */
export interface Browser {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

export interface ConsentWorkspace {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly role: Role;
  /** Of the scopes that are asked for: those the user may give away here. */
  readonly scopes: readonly ScopeName[];
  /** Whether the user may let the app send here. */
  readonly maySend: boolean;
  /** The workspace requires a second factor that this session lacks. */
  readonly secondFactorMissing: boolean;
}

export interface Question {
  readonly uid: string;
  readonly client: { id: string; name: string; homepage: string | null; registeredBy: string };
  readonly redirectUri: string;
  readonly scopes: readonly ScopeName[];
  readonly environments: readonly Environment[];
  readonly workspaces: readonly ConsentWorkspace[];
}

export interface Consent {
  readonly workspaceId: string;
  readonly environment: Environment;
  /** Default: all that are asked for and can be given. */
  readonly scopes?: readonly string[];
  /** Default: no. */
  readonly maySend?: boolean;
}

export type Consents = ReturnType<typeof createConsents>;

export function createConsents(parts: { db: Db; provider: Provider; now: () => Date }) {
  const { db, provider, now } = parts;

  async function read(caller: Principal, uid: string, browser: Browser) {
    const interaction = await interactionOf(uid, browser);
    const user = signedInUser(caller);
    const { client_id, scope, redirect_uri, resource } = interaction.params;
    const client = await findAnyClient(db, String(client_id));
    if (!client) throw expired();
    const asked = String(scope ?? '')
      .split(' ')
      .filter(isScopeName)
      .filter((name) => client.scopes.includes(name));
    const workspaces = (await membershipsOf(db, user.userId)).map((membership): ConsentWorkspace => {
      const { workspace_id, slug, name, role, second_factor_required } = membership;
      return {
        id: workspace_id,
        slug,
        name,
        role,
        scopes: asked.filter((scope) => canGive(role, scope)),
        maySend: client.may_send && workspace_id === client.workspace_id && canLetSend(role),
        secondFactorMissing: second_factor_required && user.secondFactor === null,
      };
    });
    return { client, asked, workspaces, redirectUri: String(redirect_uri), resources: [resource].flat().map(String) };
  }

  async function interactionOf(uid: string, { request, response }: Browser) {
    try {
      const interaction = await provider.interactionDetails(request, response);
      // The cookie alone would let a page answer another question than the one it shows.
      if (interaction.uid === uid) return interaction;
    } catch (error) {
      if (!(error instanceof errors.OIDCProviderError)) throw error;
    }
    throw expired();
  }

  return {
    /** @throws AppError forbidden (no user), not_found (another browser's, answered or older than 10 minutes). */
    question: (caller: Principal, uid: string, browser: Browser): Promise<Question> =>
      asSystem(async () => {
        const { client, asked, workspaces, redirectUri } = await read(caller, uid, browser);
        return {
          uid,
          client: {
            id: client.id,
            name: client.name,
            homepage: client.homepage,
            registeredBy: await workspaceName(db, client.workspace_id),
          },
          redirectUri,
          scopes: asked,
          environments: environmentsOf(client),
          workspaces,
        };
      }),

    /**
     * @returns where the browser goes next; there the app gets its code.
     * @throws AppError as question, and validation_error, insufficient_scope, send_not_allowed.
     */
    async confirm(caller: Principal, uid: string, consent: Consent, browser: Browser): Promise<string> {
      const asked = await asSystem(() => read(caller, uid, browser));
      const { userId } = signedInUser(caller);
      const { client } = asked;
      const workspace = asked.workspaces.find(({ id }) => id === consent.workspaceId);
      if (!workspace) throw invalidField('workspace_id', 'choose one of your workspaces');
      if (workspace.secondFactorMissing) {
        throw new AppError('second_factor_required', 'This workspace requires a second factor. Sign in with one.');
      }
      if (!environmentsOf(client).includes(consent.environment)) {
        throw invalidField('environment', 'this app is for the test environment only');
      }
      const scopes = chosenScopes(consent.scopes, asked.asked, workspace);
      const maySend = consent.maySend ?? false;
      if (maySend && !workspace.maySend) {
        throw new AppError('send_not_allowed', 'This app cannot be allowed to send here.');
      }
      const grant = {
        id: newId(now().getTime()),
        workspace_id: workspace.id,
        environment: consent.environment,
        client_id: client.id,
        user_id: userId,
        scopes,
        may_send: maySend,
      };
      const insert = () =>
        inTransaction(db, async (tx) => {
          await insertGrant(tx, grant, MOST_GRANTS);
          await record(tx, {
            action: 'oauth_grant.created',
            target: { type: 'oauth_grant', id: grant.id, name: client.name },
            after: { client_id: client.id, scopes, may_send: maySend },
            environment: grant.environment,
          });
        });
      const context = currentContext();
      await (context ? withContext({ ...context, workspaceId: workspace.id }, insert) : insert());
      return await asSystem(async () => {
        const kept = new provider.Grant({ accountId: userId, clientId: client.id });
        kept.jti = grant.id;
        for (const resource of asked.resources) kept.addResourceScope(resource, scopes.join(' '));
        await kept.save();
        return await provider.interactionResult(
          browser.request,
          browser.response,
          { login: { accountId: userId, remember: false }, consent: { grantId: grant.id } },
          { mergeWithLastSubmission: false },
        );
      });
    },

    /** The app is told `access_denied`. @returns where the browser goes next. */
    abort: (caller: Principal, uid: string, browser: Browser): Promise<string> =>
      asSystem(async () => {
        await interactionOf(uid, browser);
        signedInUser(caller);
        const result = { error: 'access_denied', error_description: 'The user did not agree' };
        return await provider.interactionResult(browser.request, browser.response, result, {
          mergeWithLastSubmission: false,
        });
      }),

    list: (caller: Principal, page: Page): Promise<{ grants: GrantRow[]; total: number }> =>
      asSystem(async () => {
        const filter = visibleTo(caller);
        return { grants: await listGrants(db, filter, page), total: await countGrants(db, filter) };
      }),

    /** All its tokens are refused from the next request on, on every process. */
    async revoke(caller: Principal, id: string): Promise<void> {
      const filter = visibleTo(caller);
      const grant = isUuid(id) ? await asSystem(() => findGrant(db, filter, id)) : undefined;
      if (!grant) throw notFound('OAuth grant');
      await inTransaction(db, async (tx) => {
        await deleteGrant(tx, filter, id);
        await record(tx, {
          action: 'oauth_grant.revoked',
          target: { type: 'oauth_grant', id, name: grant.client_name ?? '' },
          before: {
            client_id: grant.client_id,
            user_id: grant.user_id,
            scopes: grant.scopes,
            may_send: grant.may_send,
          },
          environment: grant.environment,
        });
      });
    },
  };
}

function environmentsOf(client: ClientRow): Environment[] {
  return client.environment === 'test' ? ['test'] : ['live', 'test'];
}

function chosenScopes(
  chosen: readonly string[] | undefined,
  asked: readonly ScopeName[],
  workspace: ConsentWorkspace,
): ScopeName[] {
  const scopes = asked.filter((scope) => (chosen ? chosen.includes(scope) : workspace.scopes.includes(scope)));
  const foreign = (chosen ?? []).filter((scope) => !asked.some((name) => name === scope));
  if (foreign.length > 0) throw invalidField('scopes', 'the app does not ask for all of these');
  const missing = scopes.filter((scope) => !workspace.scopes.includes(scope));
  if (missing.length > 0 || scopes.length === 0) {
    throw new AppError('insufficient_scope', 'Your role in this workspace has not got what the app asks for.', {
      required: missing.length > 0 ? missing : [...asked],
    });
  }
  return scopes;
}

function signedInUser(caller: Principal): UserPrincipal {
  if (caller.kind === 'user') return caller;
  throw new AppError('forbidden', 'Only a signed-in user can agree to what an app asks for.');
}

function expired(): AppError {
  return new AppError('not_found', 'There is no such question in this browser. Start again in the app.');
}
