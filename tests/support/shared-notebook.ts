/** For tests only: a notebook that its owner shares with an editor and a viewer, open to those who connect to it. */
import { AppError } from '../../src/lib/core/errors.ts';
import type { Notebook } from '../../src/lib/core/notebook/notebook.ts';
import type { Actor } from '../../src/lib/server/app.ts';
import { createNotebook } from '../../src/lib/server/notebooks/create.ts';
import { shareNotebook } from '../../src/lib/server/sharing/grant.ts';
import {
	connect,
	testApp,
	testPerson,
	testServer,
	testSession,
	type Client,
	type TestApp,
	type TestServer
} from './live-notebook.ts';

const PARTS = ['owner', 'editor', 'viewer', 'stranger'] as const;
type Part = (typeof PARTS)[number];
const NAMES = { owner: 'Line', editor: 'Edgar', viewer: 'Vera', stranger: 'Zoe' } as const;

export interface SharedNotebook extends Readonly<Record<Part, Actor>> {
	readonly t: TestApp;
	readonly server: TestServer;
	readonly notebookId: string;
	/** Of each part, its session. */
	readonly sessions: Readonly<Record<Part, string>>;
	/** What lets the editor and the viewer in. */
	readonly shares: Readonly<Record<'editor' | 'viewer', string>>;
	/** A client of the notebook, ended with the rest. */
	connect(part: Part): Client;
	close(): Promise<void>;
}

export async function sharedNotebook(notebook: Notebook): Promise<SharedNotebook> {
	const t = testApp();
	const of = <T>(make: (part: Part) => T) =>
		Object.fromEntries(PARTS.map((part) => [part, make(part)])) as Record<Part, T>;
	const people = of((part) => testPerson(t.app, NAMES[part]));
	const sessions = of((part) => testSession(t.app, people[part]));
	const server = await testServer(
		t.app,
		new Map(PARTS.map((part) => [sessions[part], people[part]]))
	);
	const notebookId = createNotebook(t.app, people.owner, { notebook });
	const share = (level: 'editor' | 'viewer') => {
		const to = people[level].email ?? '';
		return shareNotebook(t.app, people.owner, notebookId, { kind: 'person', to, level, days: 0 })
			.shareId;
	};
	const clients: Client[] = [];
	return {
		...people,
		...{ t, server, notebookId, sessions },
		shares: { editor: share('editor'), viewer: share('viewer') },
		connect(part) {
			const client = connect(server, notebookId, sessions[part]);
			clients.push(client);
			return client;
		},
		async close() {
			for (const client of clients.splice(0)) client.destroy();
			await server.stop();
			t.close();
		}
	};
}

/** The code that the work is refused with, or `done`. */
export function codeOf(work: () => unknown): string {
	try {
		work();
	} catch (error) {
		if (error instanceof AppError) return error.code;
		throw error;
	}
	return 'done';
}
