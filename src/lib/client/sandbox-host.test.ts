import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppError } from '../core/errors.ts';
import type { LineageSource } from '../core/governance/terms.ts';
import type { HostMessage, WorkerMessage } from '../core/protocol/messages.ts';
import { SandboxHost, type SandboxLoss } from './sandbox-host.ts';
import type { SandboxFrame } from './sandbox-frame.ts';

/** A worker in no frame: what it was told, and the mouth it speaks with. */
interface FakeFrame extends SandboxFrame {
	readonly told: HostMessage[];
	/** Whether it answers pings: a worker that computes does not. */
	awake: boolean;
}
const frames: FakeFrame[] = [];
vi.mock('./sandbox-frame.ts', () => ({
	startFrame: () => {
		const told: HostMessage[] = [];
		const frame: FakeFrame = {
			told,
			awake: true,
			port: {
				postMessage: (message: HostMessage) => {
					told.push(message);
					if (message.type === 'ping' && frame.awake)
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

const SOURCE = {} as LineageSource;
const CELLS = {
	waits: 'const t = await FileAttachment("ventes@1.arrow").arquero()',
	loops: 'while (true);',
	other: '1'
};

beforeEach(() => {
	frames.length = 0;
	vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

async function open() {
	const heard: (WorkerMessage | SandboxLoss)[] = [];
	let arrive: () => void = () => {};
	let fail: (error: unknown) => void = () => {};
	const host = new SandboxHost({
		container: null as unknown as HTMLElement,
		lang: 'fr',
		dark: false,
		loadFile: () =>
			new Promise((resolve, reject) => {
				arrive = () => resolve({ bytes: new ArrayBuffer(8), source: SOURCE });
				fail = reject;
			}),
		on: (message) => heard.push(message),
		onLost: (loss) => heard.push(loss)
	});
	host.setCells(Object.entries(CELLS).map(([id, source]) => ({ id, mode: 'js', source })));
	await host.start();
	const frame = frames[0];
	if (!frame) throw new Error('no frame');
	return {
		host,
		heard,
		frame,
		runs: (cell: string) => frame.hear({ type: 'running', cell, run: 1 }),
		asks: () => frame.hear({ type: 'need-file', name: 'ventes@1.arrow' }),
		arrive: () => arrive(),
		fail: (error: unknown) => fail(error),
		stopped: () =>
			heard.flatMap((said) =>
				'type' in said && said.type === 'states'
					? said.states.filter(({ state }) => state === 'stopped').map(({ id }) => id)
					: []
			)
	};
}

describe('a worker that is replaced', () => {
	test('the loss is told before the cells that it leaves stopped', async () => {
		const { host, heard, runs } = await open();
		runs('loops');
		heard.length = 0;
		host.stop('loops');
		expect(heard.map((said) => ('reason' in said ? said.reason : said.type)).slice(0, 2)).toEqual([
			'person',
			'states'
		]);
	});
});

describe('what a new worker is given', () => {
	const given = () => frames.at(-1)?.told[0];

	test('what people chose', async () => {
		const { host, runs } = await open();
		host.input('other.0', 8);
		runs('loops');
		host.stop('loops');
		await vi.advanceTimersByTimeAsync(0);
		expect(frames).toHaveLength(2);
		expect(given()).toMatchObject({ type: 'init', inputs: [['other.0', 8]] });
	});

	test('not what they chose in a control that was written anew since', async () => {
		const { host, runs } = await open();
		host.input('other.0', 8);
		host.setCells(
			Object.entries({ ...CELLS, other: '2' }).map(([id, source]) => ({ id, mode: 'js', source }))
		);
		runs('loops');
		host.stop('loops');
		await vi.advanceTimersByTimeAsync(0);
		expect(given()).toMatchObject({ type: 'init', inputs: [] });
	});
});

describe('a worker that asks for files without end', () => {
	test('is given the same one so many times, and then told that it is not', async () => {
		const { frame, asks, arrive } = await open();
		const told = () => frame.told.filter(({ type }) => /^file/.test(type)).map(({ type }) => type);
		for (let i = 0; i < 50; i++) {
			asks();
			arrive();
			await vi.advanceTimersByTimeAsync(10);
		}
		expect(told()).toEqual(Array(50).fill('file'));
		asks();
		await vi.advanceTimersByTimeAsync(10);
		expect(told().slice(50)).toEqual(['file-failed']);
	});

	test('is replaced when it asks for hundreds in a second', async () => {
		const { heard, frame } = await open();
		const lost = () => heard.flatMap((said) => ('reason' in said ? [said.reason] : []));
		const flood = (times: number) => {
			for (let i = 0; i < times; i++) frame.hear({ type: 'need-file', name: `f${i}@1.arrow` });
		};
		flood(500);
		await vi.advanceTimersByTimeAsync(1_500);
		flood(500);
		expect(lost()).toEqual([]);
		flood(1);
		expect(lost()).toEqual(['flood']);
	});
});

describe('a file that cannot be had', () => {
	test('is told with what is known of it, and no more of what is no such answer', async () => {
		const { asks, fail, frame } = await open();
		const gone = { title: 'Billets', organisation: 'Théâtre', day: '' };
		for (const [error, told] of [
			[new AppError('dataset_withdrawn', gone), { code: 'dataset_withdrawn', details: gone }],
			[new Error('secret'), { code: 'unexpected', details: {} }]
		] as const) {
			asks();
			fail(error);
			await vi.advanceTimersByTimeAsync(0);
			expect(frame.told.at(-1)).toEqual({ type: 'file-failed', name: 'ventes@1.arrow', ...told });
		}
	});
});

describe('rest', () => {
	const rests = (heard: readonly (WorkerMessage | SandboxLoss)[]) =>
		heard.filter((said) => 'type' in said && said.type === 'rest').length;

	test('is heard only when the worker has had all that it was sent', async () => {
		const { host, heard, frame } = await open();
		host.run(['other']);
		frame.hear({ type: 'rest', heard: 1 });
		expect(rests(heard)).toBe(0);
		frame.hear({ type: 'rest', heard: 2 });
		expect(rests(heard)).toBe(1);
	});
});

describe('time, while a file is on its way', () => {
	test('a cell that waits for it is not stopped; its time begins when it has come', async () => {
		const { runs, asks, arrive, stopped } = await open();
		runs('waits');
		asks();
		await vi.advanceTimersByTimeAsync(60_000);
		expect(stopped()).toEqual([]);
		arrive();
		await vi.advanceTimersByTimeAsync(8_000);
		expect(stopped()).toEqual([]);
		await vi.advanceTimersByTimeAsync(5_000);
		expect(stopped()).toEqual(['waits']);
	});

	test('a loop elsewhere is stopped, though the file never comes', async () => {
		const { frame, runs, asks, stopped } = await open();
		runs('waits');
		asks();
		await vi.advanceTimersByTimeAsync(1_000);
		runs('loops');
		frame.awake = false;
		await vi.advanceTimersByTimeAsync(15_000);
		expect(stopped()).toEqual(['loops']);
	});

	test('so is a loop in the very cell that named the file', async () => {
		const { frame, runs, asks, stopped } = await open();
		runs('waits');
		asks();
		frame.awake = false;
		await vi.advanceTimersByTimeAsync(15_000);
		expect(stopped()).toEqual(['waits']);
	});

	test('another cell that takes the table through a function waits too', async () => {
		const { frame, runs, asks, stopped } = await open();
		const facts = { kind: 'code', defines: [], uses: [], columns: {} } as const;
		frame.hear({
			type: 'graph',
			cells: [
				{ ...facts, id: 'waits', from: [] },
				{ ...facts, id: 'other', from: ['waits'] }
			]
		});
		runs('other');
		asks();
		await vi.advanceTimersByTimeAsync(60_000);
		expect(stopped()).toEqual([]);
	});
});

describe('a preview', () => {
	const asked = (frame: FakeFrame) => frame.told.find((message) => message.type === 'preview');
	async function previews() {
		const opened = await open();
		const preview = opened.host.preview('loops');
		let failed: unknown = null;
		const shown = preview.show('ventes', ['.count()']).catch((error: unknown) => {
			failed = error;
		});
		const message = asked(opened.frame);
		if (message?.type !== 'preview') throw new Error('not asked');
		return {
			...{ ...opened, preview, shown, request: message.request },
			starts: () => opened.frame.hear({ type: 'previewing', request: message.request }),
			failure: () => (failed instanceof AppError ? failed.code : failed)
		};
	}

	test('is asked for as the chain is cut, and closed with the worker that knows of it', async () => {
		const { host, frame, preview, shown, request, runs } = await previews();
		expect(asked(frame)).toEqual({
			...{ type: 'preview', request, cell: 'loops', preview: 1 },
			...{ head: 'ventes', steps: ['.count()'] }
		});
		const value = { stages: [], end: 'waiting', error: null };
		frame.hear({ type: 'reply', request, ok: true, value });
		expect(await shown).toEqual(value);
		preview.close();
		preview.close();
		expect(frame.told.filter(({ type }) => type === 'close-preview')).toHaveLength(1);
		await expect(preview.show('ventes', [])).rejects.toThrow('gone');

		const other = host.preview('other');
		void other.show('ventes', []).catch(() => {});
		runs('loops');
		host.stop('loops');
		await vi.advanceTimersByTimeAsync(0);
		other.close();
		expect(frames.at(-1)?.told.some(({ type }) => type === 'close-preview')).toBe(false);
	});

	test('that never ends is cut off, and no cell is held for it', async () => {
		const { heard, frame, starts, stopped, failure } = await previews();
		starts();
		frame.awake = false;
		await vi.advanceTimersByTimeAsync(9_500);
		expect(failure()).toBeNull();
		await vi.advanceTimersByTimeAsync(3_000);
		expect(failure()).toBe('sandbox_unresponsive');
		expect(frames).toHaveLength(2);
		expect(stopped()).toEqual([]);
		expect(heard.filter((said) => 'reason' in said)).toEqual([
			{ reason: 'preview', held: [], code: null }
		]);
	});

	test('is blamed rather than a cell that waits', async () => {
		const { frame, runs, asks, starts, stopped, failure } = await previews();
		runs('waits');
		asks();
		starts();
		frame.awake = false;
		await vi.advanceTimersByTimeAsync(13_000);
		expect(failure()).toBe('sandbox_unresponsive');
		expect(stopped()).toEqual([]);
	});

	test('is not blamed for a cell that started since', async () => {
		const { frame, runs, starts, stopped } = await previews();
		starts();
		await vi.advanceTimersByTimeAsync(3_000);
		runs('loops');
		frame.awake = false;
		await vi.advanceTimersByTimeAsync(12_000);
		expect(stopped()).toEqual(['loops']);
	});

	test('that waits for what does not come is given up, and the worker goes on', async () => {
		const { starts, failure } = await previews();
		starts();
		await vi.advanceTimersByTimeAsync(13_000);
		expect(failure()).toBe('sandbox_unresponsive');
		expect(frames).toHaveLength(1);
	});

	test('waits for a file that is on its way', async () => {
		const { asks, starts, failure } = await previews();
		asks();
		starts();
		await vi.advanceTimersByTimeAsync(60_000);
		expect(failure()).toBeNull();
	});

	test('that nobody asked for is nothing', async () => {
		const { frame } = await open();
		frame.hear({ type: 'previewing', request: 99 });
		frame.awake = false;
		await vi.advanceTimersByTimeAsync(12_000);
		expect(frames).toHaveLength(1);
	});
});
