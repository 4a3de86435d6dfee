import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '../core/errors.ts';
import type { HostMessage } from '../core/protocol/messages.ts';
import type { TableQuery } from '../core/protocol/table-query.ts';
import type { SandboxFrame } from './sandbox-frame.ts';
import { SandboxHost } from './sandbox-host.ts';

/** A worker in no frame: what it was told, and the mouth it speaks with. */
interface FakeFrame extends SandboxFrame {
	readonly told: HostMessage[];
}
const frames: FakeFrame[] = [];
vi.mock('./sandbox-frame.ts', () => ({
	startFrame: () => {
		const told: HostMessage[] = [];
		const frame: FakeFrame = {
			told,
			port: {
				postMessage: (message: HostMessage) => {
					told.push(message);
					if (message.type === 'ping')
						frame.hear({ type: 'reply', request: message.request, ok: true, value: [] });
				}
			} as unknown as MessagePort,
			hear: () => {},
			lost: () => {},
			destroy: () => {}
		};
		frames.push(frame);
		return Promise.resolve(frame);
	}
}));

beforeEach(() => {
	frames.length = 0;
	vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

const SORTED: TableQuery = {
	sort: [{ column: 'n', direction: 'ascending' }],
	filters: [],
	search: { text: 'a', columns: ['ville'], only: false },
	writing: { yes: 'Oui', no: 'Non', decimal: ',' }
};
const PLAIN: TableQuery = { ...SORTED, sort: [], search: null };

async function open() {
	const host = new SandboxHost({
		container: null as unknown as HTMLElement,
		lang: 'fr',
		dark: false,
		loadFile: () => Promise.reject(new AppError('not_found')),
		on: () => {}
	});
	host.setCells([{ id: 'c1', mode: 'js', source: 't' }]);
	await host.start();
	const columns = [
		{ name: 'n', type: 'integer' },
		{ name: 'ville', type: 'text' }
	] as const;
	return { host, table: host.look({ table: 't1', rows: 10, columns }) };
}
const worker = (): FakeFrame => {
	const frame = frames.at(-1);
	if (!frame) throw new Error('no frame');
	return frame;
};
const asked = (type: HostMessage['type']) => worker().told.filter((said) => said.type === type);
/** Answers the last thing that was asked. */
async function answers(value: unknown): Promise<void> {
	await vi.advanceTimersByTimeAsync(0);
	const last = worker().told.findLast((said) => 'request' in said && said.type !== 'ping');
	if (!last || !('request' in last)) throw new Error('nothing was asked');
	worker().hear({ type: 'reply', request: last.request, ok: true, value });
}
const ignore = (): void => {};

test('rows are asked of the view once it is arranged, and of the table before and after', async () => {
	const { table } = await open();
	const rows = table.window(0, 5, ['n']);
	await answers({ offset: 0, columns: [[1]] });
	expect(await rows).toEqual({ offset: 0, columns: [[1]] });
	const work = table.explorer.arrange(SORTED, ignore);
	await answers({ rows: 10, found: 3 });
	expect(await work).toEqual({ rows: 10, found: 3 });
	const arranged = table.window(0, 5, ['n']);
	await answers({ offset: 0, columns: [[1]], rows: [9], hits: [[]] });
	expect((await arranged).rows).toEqual([9]);
	const back = table.explorer.arrange(PLAIN, ignore);
	await answers({ rows: 10, found: null });
	await back;
	void table.window(0, 5, ['n']);
	await vi.advanceTimersByTimeAsync(0);
	expect(asked('window').map((said) => 'view' in said && said.view)).toEqual([false, 1, false]);
});

test('an answer that does not fit the table is refused', async () => {
	const { host, table } = await open();
	const refused = async (asking: Promise<unknown>, value: unknown): Promise<void> => {
		const ended = expect(asking).rejects.toThrow('sandbox_malformed');
		await answers(value);
		await ended;
	};
	await refused(table.explorer.arrange(SORTED, ignore), { rows: 11, found: 3 });
	await refused(table.explorer.profile('n'), { rows: 10 });
	await refused(table.explorer.values('ville', ''), { values: [1], matching: 1, missing: 0 });
	const work = table.explorer.arrange(SORTED, ignore);
	await answers({ rows: 4, found: 3 });
	await work;
	const start = { row: 0, column: 'ville' };
	// Not a column that was looked in, not a row that is shown.
	await refused(table.explorer.find(start, false), { row: 0, column: 'n' });
	await refused(table.explorer.find(start, false), { row: 4, column: 'ville' });
	await refused(table.window(0, 5, ['n']), { offset: 0, columns: [[1]], rows: [10] });
	expect(host.dropped).toBe(6);
	expect(() => table.explorer.profile('autre')).toThrow(AppError);
});

test('progress is told to whom asked, and to no one else', async () => {
	const { table } = await open();
	const shares: number[] = [];
	const work = table.explorer.arrange(SORTED, (done) => shares.push(done));
	await vi.advanceTimersByTimeAsync(0);
	worker().hear({ type: 'arranging', request: 1, done: 0.5 });
	worker().hear({ type: 'arranging', request: 1, done: 2 });
	worker().hear({ type: 'arranging', request: 7, done: 0.7 });
	await answers({ rows: 10, found: 3 });
	await work;
	worker().hear({ type: 'arranging', request: 1, done: 0.9 });
	expect(shares).toEqual([0.5]);
});

test('an answer that never comes is given up, whatever is said meanwhile', async () => {
	const { table } = await open();
	const ended = expect(table.explorer.arrange(SORTED, ignore)).rejects.toThrow(
		'sandbox_unresponsive'
	);
	for (let second = 0; second < 60; second++) {
		await vi.advanceTimersByTimeAsync(1_000);
		worker().hear({ type: 'arranging', request: 1, done: 0.5 });
	}
	await ended;
	expect(asked('close-view')).toEqual([{ type: 'close-view', table: 't1', view: 1 }]);
});

test('a view is closed once, and only where it was opened', async () => {
	const { host, table } = await open();
	host.look({ table: 't1', rows: 10, columns: [] }).close();
	expect(asked('close-view')).toEqual([]);
	void table.explorer.arrange(SORTED, ignore).catch(ignore);
	await vi.advanceTimersByTimeAsync(0);
	table.close();
	table.close();
	expect(asked('close-view')).toHaveLength(1);
	await expect(table.window(0, 5, null)).rejects.toThrow('gone');
});

test('in another worker, the same handle is another table', async () => {
	const { host, table } = await open();
	void table.explorer.arrange(SORTED, ignore).catch(ignore);
	await vi.advanceTimersByTimeAsync(0);
	worker().hear({ type: 'running', cell: 'c1', run: 1 });
	host.stop('c1');
	await vi.advanceTimersByTimeAsync(0);
	expect(frames).toHaveLength(2);
	await expect(table.window(0, 5, ['n'])).rejects.toThrow('gone');
	await expect(table.explorer.arrange(SORTED, ignore)).rejects.toThrow('gone');
	table.close();
	expect(asked('close-view')).toEqual([]);
});
