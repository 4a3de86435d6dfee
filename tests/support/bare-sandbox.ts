/**
 * The product's own frame and worker, driven from a page of the product without its host: each defence can be left
 * out, so that an attack which fails with it is seen to succeed without it.
 */
import type { Frame, Page } from '@playwright/test';
import type { Plugin } from 'vite';
import type { CellState, Output } from '../../src/lib/core/protocol/messages.ts';
import { bundle } from '../../src/lib/sandbox/vite-plugin.ts';

export interface Defences {
	/** The frame's headers, its policy above all. */
	readonly policy: boolean;
	/** What the worker takes away from cells before any of them runs. */
	readonly hygiene: boolean;
	/** An origin of the frame's own: `sandbox` without `allow-same-origin`. */
	readonly opaque: boolean;
}

export const ALL: Defences = { policy: true, hygiene: true, opaque: true };
/** The wall alone: what holds if a cell finds a way around the worker's own precautions. */
export const WALL: Defences = { ...ALL, hygiene: false };
export const NO_POLICY: Defences = { policy: false, hygiene: false, opaque: true };
export const NONE: Defences = { policy: false, hygiene: false, opaque: false };

export interface Outcome {
	readonly state: CellState['state'];
	/** The error's code and what the exception said. */
	readonly error: string | null;
	/** The last value shown, as text. */
	readonly text: string | null;
}

export interface BareSandbox {
	/** The frame's own realm, where no cell ever runs. */
	readonly frame: Frame;
	/** Gives the worker these cells, by id, and waits until each is done, failed or blocked. */
	run(cells: Readonly<Record<string, string>>): Promise<Record<string, Outcome>>;
	/** Whether the worker still answers. */
	answers(): Promise<boolean>;
}

/** Leaves `takeAway` out of the worker's script. */
const withoutHygiene: Plugin = {
	name: 'without-hygiene',
	load: (id) => (id.endsWith('/worker/hygiene.ts') ? 'export function takeAway() {}' : undefined)
};
const ENTRY = './worker/worker.ts';
const texts = new Map<boolean, Promise<string>>();

/** The cell worker as the build makes it, or the same without its hygiene. */
export function workerText(hygiene: boolean): Promise<string> {
	let text = texts.get(hygiene);
	if (!text) {
		text = bundle(ENTRY, true, hygiene ? [] : [withoutHygiene]).then(({ code }) => code);
		texts.set(hygiene, text);
	}
	return text;
}

/**
 * Starts a worker in a sandbox frame of a page of the product, in place of an earlier one; `prelude` goes before the
 * worker's own script.
 */
export async function openSandbox(
	page: Page,
	defences: Defences,
	prelude = ''
): Promise<BareSandbox> {
	await page.unroute('**/sandbox/frame');
	const worker = JSON.stringify(prelude + (await workerText(defences.hygiene)));
	await page.route('**/sandbox/frame', async (route) => {
		const response = await route.fetch();
		const body = (await response.text())
			.replace(
				/(<script type="application\/json" id="worker">)[^<]*/,
				(_all, start: string) => start + worker.replaceAll('<', '\\u003c')
			)
			// The frame itself starts nothing where it has an origin.
			.replace(/self\.origin\s*===\s*["'`]null["'`]/, defences.opaque ? '$&' : 'true');
		const bare = { 'content-type': 'text/html; charset=utf-8' };
		await route.fulfill(defences.policy ? { response, body } : { body, headers: bare });
	});
	const allow = defences.opaque
		? 'allow-scripts'
		: 'allow-scripts allow-same-origin allow-top-navigation allow-forms allow-popups';
	await page.evaluate(start, { allow });
	const frame = page.frames().find((each) => each.url().endsWith('/sandbox/frame'));
	if (!frame) throw new Error('the sandbox frame is not there');
	return {
		frame,
		run: (cells) => page.evaluate(runCells, cells),
		answers: () => page.evaluate(ping)
	};
}

interface Bare {
	readonly port: MessagePort;
	hear: (data: unknown) => void;
	request: number;
}
declare global {
	interface Window {
		bareSandbox: Bare;
	}
}

/** In the page. */
function start({ allow }: { allow: string }): Promise<void> {
	return new Promise((ready) => {
		for (const earlier of document.querySelectorAll('iframe')) earlier.remove();
		const iframe = document.createElement('iframe');
		iframe.setAttribute('sandbox', allow);
		iframe.src = '/sandbox/frame';
		// In sight: a background is asked for when it is painted.
		Object.assign(iframe.style, { position: 'fixed', top: '0', left: '0', zIndex: '9' });
		const { port1: port, port2 } = new MessageChannel();
		let asked = false;
		const bare: Bare = { port, hear: () => undefined, request: 0 };
		window.bareSandbox = bare;
		addEventListener('message', (event) => {
			if (event.source !== iframe.contentWindow) return;
			if (asked || (event.data as { type?: unknown }).type !== 'frame-ready') return;
			asked = true;
			iframe.contentWindow?.postMessage({ type: 'connect' }, '*', [port2]);
		});
		port.onmessage = ({ data }: MessageEvent<{ type: string }>) => {
			if (data.type !== 'ready') return bare.hear(data);
			port.postMessage({ type: 'init', lang: 'fr', dark: false, inputs: [] });
			ready();
		};
		document.body.append(iframe);
	});
}

/** In the page. */
function runCells(cells: Readonly<Record<string, string>>): Promise<Record<string, Outcome>> {
	const bare = window.bareSandbox;
	const ids = Object.keys(cells);
	const last = new Map<string, CellState>();
	const shown = new Map<string, readonly Output[]>();
	return new Promise((done) => {
		bare.hear = (data) => {
			const message = data as
				| { type: 'states'; states: readonly CellState[] }
				| { type: 'outputs'; cell: string; outputs: readonly Output[] }
				| { type: 'reply'; request: number };
			if (message.type === 'outputs') shown.set(message.cell, message.outputs);
			if (message.type === 'states') for (const state of message.states) last.set(state.id, state);
			const ended = ids.every((id) => {
				const state = last.get(id)?.state;
				return state !== undefined && state !== 'queued' && state !== 'running';
			});
			// Outputs and states come in separate messages: an answer comes after both.
			if (ended && message.type === 'states')
				bare.port.postMessage({ type: 'ping', request: ++bare.request });
			if (ended && message.type === 'reply' && message.request === bare.request) done(outcomes());
		};
		bare.port.postMessage({
			type: 'cells',
			cells: ids.map((id) => ({ id, mode: 'js', source: cells[id] })),
			held: []
		});
	});
	function outcomes(): Record<string, Outcome> {
		return Object.fromEntries(
			ids.map((id) => {
				const state = last.get(id);
				const output = shown.get(id)?.at(-1);
				return [
					id,
					{
						state: state?.state ?? 'queued',
						error: state?.error
							? `${state.error.code} ${JSON.stringify(state.error.details)}`
							: null,
						text: output?.kind === 'value' ? output.value.text : null
					}
				];
			})
		);
	}
}

/** In the page. */
function ping(): Promise<boolean> {
	const bare = window.bareSandbox;
	return new Promise((answer) => {
		const timer = setTimeout(() => answer(false), 2_000);
		const request = ++bare.request;
		bare.hear = (data) => {
			const message = data as { type: string; request?: number };
			if (message.type !== 'reply' || message.request !== request) return;
			clearTimeout(timer);
			answer(true);
		};
		bare.port.postMessage({ type: 'ping', request });
	});
}
