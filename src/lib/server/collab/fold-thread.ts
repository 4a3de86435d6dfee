/** What runs in the thread that folds logs into snapshots: bytes in, bytes out. It opens no database. */
import { parentPort } from 'node:worker_threads';
import { fold, type StoredDocument } from './stored-document.ts';

export interface FoldAsked extends StoredDocument {
	readonly job: number;
	readonly notebookId: string;
}
export type FoldDone =
	| { readonly job: number; readonly snapshot: Uint8Array }
	| { readonly job: number; readonly fault: string };

parentPort?.on('message', ({ job, notebookId, snapshot, updates }: FoldAsked) => {
	let done: FoldDone;
	try {
		done = { job, snapshot: fold(notebookId, { snapshot, updates }) };
	} catch (cause) {
		done = { job, fault: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) };
	}
	parentPort?.postMessage(done);
});
