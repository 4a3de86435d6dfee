/** A page of nothing but the import worker, built as for production and served, in Chromium. */
import { execFileSync } from 'node:child_process';
import { openBuiltPage } from './built-page.ts';

export interface ImportPage {
	/** Reads the file once more; milliseconds by the page's clock, and the report. */
	readonly read: () => Promise<{ ms: number; result: unknown }>;
	readonly close: () => Promise<void>;
}

/** The page's script: keeps a worker that holds the file, and asks it to read. */
const SCRIPT = `import { startImportWorker } from '/src/lib/client/import-worker.ts';
let heard = () => {};
const worker = startImportWorker((answer) => heard(answer), () => heard({ type: 'lost' }));
const until = (type) => new Promise((done, fail) => {
	heard = (answer) => {
		if (answer.type === type) done(answer);
		else if (answer.type === 'failed' || answer.type === 'lost') fail(new Error(JSON.stringify(answer)));
	};
});
let id = 0;
window.opened = async () => {
	const file = document.querySelector('input').files[0];
	const opened = until('opened');
	worker.post({ type: 'open', file });
	await opened;
};
window.read = async () => {
	const report = until('report');
	const start = performance.now();
	worker.post({ type: 'read', id: ++id, choices: {} });
	const answer = await report;
	return { ms: performance.now() - start, result: answer.report };
};
window.ready = true;
`;

export async function openImportPage(path: string): Promise<ImportPage> {
	// The compiler's settings stand on what this makes.
	execFileSync(process.execPath, ['node_modules/@sveltejs/kit/svelte-kit.js', 'sync'], {
		stdio: ['ignore', 'ignore', 'inherit']
	});
	const { page, close } = await openBuiltPage({
		name: 'bench-import',
		script: SCRIPT,
		body: '<input type="file">'
	});
	try {
		await page.setInputFiles('input', path);
		await page.evaluate('window.opened()');
		return {
			read: async () => (await page.evaluate('window.read()')) as { ms: number; result: unknown },
			close
		};
	} catch (error) {
		await close();
		throw error;
	}
}
