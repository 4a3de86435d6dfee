/** Starts the import worker, and carries messages to and from it. */
import type { ImportAnswer, ImportRequest } from '../core/protocol/import.ts';

export interface ImportWorker {
	post(request: ImportRequest, transfer?: Transferable[]): void;
	/** Ends it, whatever it is doing; nothing more is heard from it. */
	close(): void;
}

/** @param lost the worker could not be loaded, or died: most often for lack of memory */
export type StartImportWorker = (
	hear: (answer: ImportAnswer) => void,
	lost: () => void
) => ImportWorker;

export const startImportWorker: StartImportWorker = (hear, lost) => {
	const worker = new Worker(new URL('../tables/import-worker.ts', import.meta.url), {
		type: 'module',
		name: 'import'
	});
	worker.onmessage = ({ data }: MessageEvent<ImportAnswer>) => hear(data);
	worker.onerror = worker.onmessageerror = () => lost();
	return {
		post: (request, transfer = []) => worker.postMessage(request, transfer),
		close() {
			worker.onmessage = worker.onerror = worker.onmessageerror = null;
			worker.terminate();
		}
	};
};
