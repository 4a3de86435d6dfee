/** Opens a notebook in this page: its live document, and a worker of its own that runs its cells. */
import type { Lang } from '../core/notebook/notebook.ts';
import { watchDark } from './colour-scheme.ts';
import { loadFile } from './dataset-files.ts';
import { NotebookConnection } from './notebook-connection.svelte.ts';
import { SandboxHost } from './sandbox-host.ts';
import { Workspace } from './workspace.svelte.ts';

// For pages that are told of a notebook's changes without its desk: one script holds both.
export { memoryDrafts } from './draft-store.ts';
export { NotebookConnection } from './notebook-connection.svelte.ts';

export interface OpenNotebookParts {
	readonly notebookId: string;
	readonly writable: boolean;
	/** The document as the server last had it. */
	readonly stored?: Uint8Array;
	/** Names this person's unsaved edits on the device. */
	readonly draftKey: string;
	/** Language in which charts write their numbers: the reader's. */
	readonly lang: Lang;
	/** Where the hidden frame lives. */
	readonly container: HTMLElement;
}

export interface OpenNotebook {
	readonly connection: NotebookConnection;
	readonly workspace: Workspace;
	/** Ends the connection and the worker. */
	close(): void;
}

/** Browser only. Closing the page loses nothing: edits that the server has not kept stay on the device. */
export function openNotebook(parts: OpenNotebookParts): OpenNotebook {
	const { notebookId, writable, stored, draftKey, lang, container } = parts;
	const connection = new NotebookConnection({
		notebookId,
		writable,
		draftKey,
		...(stored && { stored })
	});
	let dark = false;
	let unwatch = watchDark((now) => (dark = now));
	unwatch();
	const workspace = new Workspace({
		connection,
		host: (on) =>
			new SandboxHost({
				container,
				lang,
				dark,
				loadFile,
				on: on.message,
				onLost: (loss) => on.replaced(loss.code),
				onFailed: (error) => on.failed(error.code)
			})
	});
	unwatch = watchDark((now) => workspace.host.setLocale(lang, now));
	return {
		connection,
		workspace,
		close() {
			unwatch();
			workspace.destroy();
			connection.destroy();
		}
	};
}
