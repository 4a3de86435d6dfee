/** One worker's conversation with its host: messages in, engine and workbench, messages out. */
import { AppError } from '../../core/errors.ts';
import { changes } from '../../core/protocol/messages.ts';
import type { HostMessage, Reply, WorkerMessage } from '../../core/protocol/messages.ts';
import { installFastVerbs } from '../../tables/fast/install.ts';
import { Engine } from './engine.ts';
import { Files } from './files.ts';
import { followTables } from './lineage.ts';
import { Previews } from './preview.ts';
import type { EnginePlatform } from './surroundings.ts';
import type { Charts } from './workbench.ts';
import { Workbench } from './workbench.ts';

export interface Session {
	receive(message: HostMessage): void;
	readonly engine: Engine;
	readonly workbench: Workbench;
	readonly previews: Previews;
}

export function startSession(platform: EnginePlatform, charts: Charts): Session {
	installFastVerbs();
	followTables();
	const send = platform.send;
	const files = new Files((name) => send({ type: 'need-file', name }));
	const workbench = new Workbench(files, charts, platform);
	const engine = new Engine(platform, workbench);
	const previews = new Previews(engine, workbench, platform);

	const reply = (request: number, answer: () => Reply): void => {
		let message: WorkerMessage;
		try {
			message = { type: 'reply', request, ok: true, value: answer() };
		} catch (error) {
			message = refusal(request, error);
		}
		send(message);
	};
	/** As `reply`, for what takes time. */
	const explore = async (message: Extract<HostMessage, { type: 'ask' }>): Promise<void> => {
		const { request, table, view, ask } = message;
		const progress = (done: number): void => send({ type: 'arranging', request, done });
		try {
			const value = await workbench.explore(table, view, ask, progress);
			send({ type: 'reply', request, ok: true, value });
		} catch (error) {
			send(refusal(request, error));
		}
	};

	const later = async (request: number, answer: Promise<Reply>): Promise<void> => {
		try {
			send({ type: 'reply', request, ok: true, value: await answer });
		} catch (error) {
			send(refusal(request, error));
		}
	};

	const preview = async (message: Extract<HostMessage, { type: 'preview' }>): Promise<void> => {
		const { request } = message;
		try {
			const value = await previews.show(message, () => send({ type: 'previewing', request }));
			send({ type: 'reply', request, ok: true, value });
		} catch (error) {
			send(refusal(request, error));
		}
	};

	/** `now` runs only while a cell follows it. */
	let ticking = false;
	const tick = (): void => {
		const slot = workbench.liveBuiltin('now');
		if (!slot || slot.users.length === 0) {
			ticking = false;
			return;
		}
		engine.changed(slot, Date.now());
		platform.frame(tick);
	};
	const wind = (): void => {
		if (ticking) return;
		ticking = true;
		platform.frame(tick);
	};

	const setSurroundings = (lang: 'fr' | 'en', dark: boolean): void => {
		workbench.setLang(lang);
		workbench.setLive('dark', dark);
	};

	return {
		engine,
		workbench,
		previews,
		receive(message) {
			if (changes(message)) engine.heard();
			switch (message.type) {
				case 'init':
					setSurroundings(message.lang, message.dark);
					workbench.remember(message.inputs);
					break;
				case 'cells':
					workbench.setLive('now', Date.now());
					engine.setCells(message.cells, message.held);
					wind();
					break;
				case 'run':
					engine.run(message.cells);
					break;
				case 'input':
					engine.moved(message.control);
					workbench.input(message.control, message.value);
					break;
				case 'locale': {
					setSurroundings(message.lang, message.dark);
					const dark = workbench.liveBuiltin('dark');
					if (dark) engine.changed(dark, message.dark);
					engine.runUsersOf('Plot');
					break;
				}
				case 'file':
					files.arrived(message.name, message.bytes, message.source);
					break;
				case 'file-failed':
					files.failed(message.name, message.code, message.details);
					break;
				case 'window': {
					const { table, view, offset, count, columns } = message;
					reply(message.request, () => workbench.window(table, view, offset, count, columns));
					break;
				}
				case 'ask':
					void explore(message);
					break;
				case 'close-view':
					workbench.closeView(message.table, message.view);
					break;
				case 'preview':
					void preview(message);
					break;
				case 'match':
					reply(message.request, () => previews.match(message.table, message.other, message.on));
					break;
				case 'close-preview':
					previews.close(message.preview);
					break;
				case 'summary':
					reply(message.request, () => workbench.summary(message.table));
					break;
				case 'lineage':
					reply(message.request, () => workbench.lineage(message.table));
					break;
				case 'row-keys':
					void later(
						message.request,
						workbench.rowKeys(message.table, message.row, message.column)
					);
					break;
				case 'digest':
					void later(message.request, workbench.digest(message.table));
					break;
				case 'locate':
					void later(message.request, workbench.locate(message.table, message.wanted));
					break;
				case 'expand':
					reply(message.request, () => workbench.expand(message.handle));
					break;
				case 'ping':
					reply(message.request, () => []);
			}
		}
	};
}

const refusal = (request: number, error: unknown): WorkerMessage => ({
	type: 'reply',
	request,
	ok: false,
	code: error instanceof AppError ? error.code : 'unexpected'
});
