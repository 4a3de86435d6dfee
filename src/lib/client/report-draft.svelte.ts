/**
 * A report in the making: the notebook's outputs as this page ran them, the author's choices, and what the server
 * says of the two. Nothing is kept before it is published.
 */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { AppError } from '../core/errors.ts';
import type { PublishRefusal } from '../core/governance/publish.ts';
import type { Licence, LineageSource } from '../core/governance/terms.ts';
import type { Lang } from '../core/notebook/notebook.ts';
import type { ControlValue, TableWindow } from '../core/protocol/messages.ts';
import {
	displayed,
	freezeReport,
	outputKey,
	sourcesOf,
	type RunCell
} from '../core/report/freeze.ts';
import { REPORT_LIMITS, REPORT_TABLE_ROWS, type ReportContent } from '../core/report/report.ts';
import { askPublication, type PublicationAnswer, type PublicationRequest } from './publication.ts';
import type { Workspace } from './workspace.svelte.ts';

/** The last version of a report, as its author chose and wrote it. */
export interface LastChoices {
	readonly title: string;
	readonly summary: string;
	readonly authors: readonly string[];
	readonly licence: Licence;
	readonly blocks: readonly {
		readonly cell: string;
		readonly shown: boolean;
		readonly words: readonly { readonly kind: string; readonly text: string }[];
	}[];
}

export interface ReportDraftParts {
	readonly notebookId: string;
	readonly workspace: Workspace;
	readonly title: string;
	readonly lang: Lang;
	readonly author: string;
	/** For tests: `askPublication`. */
	readonly ask?: typeof askPublication;
}

export class ReportDraft {
	readonly lang: Lang;
	readonly #notebookId: string;
	readonly #workspace: Workspace;
	readonly #ask: typeof askPublication;

	title = $state('');
	summary = $state('');
	/** One a line. */
	authors = $state('');
	licence = $state<Licence>('CC-BY-4.0');
	/** '' for a new report. */
	reportId = $state('');
	/** Address of a new report; '' until its author writes one: it is then made from the title. */
	slug = $state('');
	readonly shown = new SvelteSet<string>();
	readonly omitted = new SvelteSet<string>();
	readonly alts = new SvelteMap<string, string>();
	readonly captions = new SvelteMap<string, string>();

	/** What ran, once it has come to rest; null before. */
	#cells = $state.raw<readonly RunCell[] | null>(null);
	#windows = $state.raw<readonly (readonly [table: string, window: TableWindow])[]>([]);
	#controls = $state.raw<readonly (readonly [control: string, value: ControlValue])[]>([]);
	#ran: PublicationRequest['ran'] = [];
	/** Counts captures and reviews, so that a late answer does not speak of what has changed since. */
	#turn = 0;

	refusals = $state.raw<readonly PublishRefusal[]>([]);
	/** The terms were asked about the outputs that are chosen now. */
	reviewed = $state(false);
	error = $state.raw<AppError | null>(null);
	publishing = $state(false);
	published = $state.raw<PublicationAnswer['published']>(null);

	constructor({ notebookId, workspace, title, lang, author, ask }: ReportDraftParts) {
		this.#notebookId = notebookId;
		this.#workspace = workspace;
		this.#ask = ask ?? askPublication;
		this.lang = lang;
		this.title = title;
		this.authors = author;
	}

	get cells(): readonly RunCell[] | null {
		return this.#cells;
	}

	/** The report as it would be published now. */
	readonly content: ReportContent = $derived.by(() => this.#freeze(this.omitted));

	/** Every dataset that the notebook's outputs came from, those left out too. */
	readonly sources: readonly LineageSource[] = $derived.by(() =>
		// eslint-disable-next-line svelte/prefer-svelte-reactivity -- empty
		sourcesOf(this.#freeze(new Set()).blocks)
	);

	/** Cells without a result: they failed, wait, or were stopped. */
	readonly unrun: number = $derived.by(
		() =>
			this.#workspace.cells.filter((cell) => cell.state !== null && cell.shown !== 'done').length
	);

	#freeze(omitted: ReadonlySet<string>): ReportContent {
		return freezeReport(
			this.#cells ?? [],
			// eslint-disable-next-line svelte/prefer-svelte-reactivity -- read once, here
			{ windows: new Map(this.#windows), controls: new Map(this.#controls) },
			{
				lang: this.lang,
				title: this.title,
				summary: this.summary,
				authors: this.authors.split('\n'),
				licence: this.licence,
				shown: this.shown,
				omitted,
				alts: this.alts,
				captions: this.captions
			}
		);
	}

	/** Charts that are to be published and that nobody has described. */
	readonly undescribed: readonly string[] = $derived.by(() =>
		(this.#cells ?? []).flatMap((cell) =>
			cell.outputs.flatMap((output, index) => {
				const key = outputKey(cell.id, index);
				if (output.kind !== 'picture' || this.omitted.has(key)) return [];
				return (this.alts.get(key) ?? '').trim() ? [] : [key];
			})
		)
	);

	readonly complete: boolean = $derived.by(
		() =>
			this.title.trim() !== '' &&
			this.authors.trim() !== '' &&
			this.undescribed.length === 0 &&
			this.content.blocks.some((block) => block.outputs.length > 0)
	);

	/** Waits until the notebook has come to rest, then takes its outputs as they stand. */
	async capture(): Promise<void> {
		try {
			await this.#capture();
		} catch (cause) {
			this.#fail(cause);
		}
	}

	/** Runs the notebook as it now reads, and takes its outputs; what was typed stays. */
	async retake(): Promise<void> {
		this.#workspace.runAll();
		await this.capture();
	}

	async #capture(): Promise<void> {
		const turn = ++this.#turn;
		const workspace = this.#workspace;
		await workspace.settled();
		if (turn !== this.#turn) return;
		const views = workspace.cells;
		const cells = views.map(({ id, kind, source, outputs }) => ({
			id,
			kind,
			source,
			outputs: displayed(outputs)
		}));
		const windows: [string, TableWindow][] = [];
		for (const { outputs } of cells)
			for (const output of outputs)
				if (output.kind === 'table') {
					const columns = output.columns.slice(0, REPORT_LIMITS.columns).map(({ name }) => name);
					windows.push([
						output.table,
						await workspace.host.window(output.table, 0, REPORT_TABLE_ROWS, columns)
					]);
				}
		if (turn !== this.#turn) return;
		for (const cell of cells)
			cell.outputs.forEach((output, index) => {
				const key = outputKey(cell.id, index);
				if (output.kind === 'picture' && !this.alts.has(key))
					this.alts.set(key, output.picture.description);
			});
		this.#ran = views.map((view) => ({ id: view.id, source: view.sent?.source ?? view.source }));
		this.#windows = windows;
		this.#cells = cells;
		await this.review();
	}

	/** Leaves an output out, or takes it back in. */
	async include(key: string, included: boolean): Promise<void> {
		if (included) this.omitted.delete(key);
		else this.omitted.add(key);
		await this.review();
	}

	show(cell: string, shown: boolean): void {
		if (shown) this.shown.add(cell);
		else this.shown.delete(cell);
	}

	/**
	 * Starts from what the author wrote last time, and from the code that they chose to show. Results are all in again:
	 * one that is new since must not be left out unseen.
	 */
	resume({ title, summary, authors, licence, blocks }: LastChoices): void {
		this.title = title;
		this.summary = summary;
		this.authors = authors.join('\n');
		this.licence = licence;
		for (const { cell, shown, words } of blocks) {
			if (shown) this.shown.add(cell);
			const outputs = this.#cells?.find(({ id }) => id === cell)?.outputs ?? [];
			words.forEach(({ kind, text }, index) => {
				if (outputs[index]?.kind !== kind || !text) return;
				(kind === 'picture' ? this.alts : this.captions).set(outputKey(cell, index), text);
			});
		}
	}

	/** Moves a control, and takes the outputs again. */
	async set(control: string, value: ControlValue): Promise<void> {
		this.#controls = [...this.#controls, [control, value]];
		this.#workspace.input(control, value);
		await this.capture();
	}

	/** Asks the server whether the terms allow what is chosen. */
	async review(): Promise<void> {
		const turn = ++this.#turn;
		this.reviewed = false;
		const content = this.content;
		if (!content.blocks.some((block) => block.outputs.length)) {
			this.refusals = [];
			return;
		}
		try {
			const { refusals } = await this.#ask(this.#notebookId, this.#request(worded(content)), true);
			if (turn !== this.#turn) return;
			this.refusals = refusals;
			this.reviewed = true;
			this.error = null;
		} catch (cause) {
			if (turn === this.#turn) this.#fail(cause);
		}
	}

	async publish(): Promise<void> {
		if (!this.complete || this.publishing) return;
		this.publishing = true;
		this.error = null;
		try {
			const answer = await this.#ask(this.#notebookId, this.#request(this.content), false);
			this.refusals = answer.refusals;
			this.published = answer.published;
			if (answer.published) this.reportId = answer.published.reportId;
		} catch (cause) {
			this.#fail(cause);
		} finally {
			this.publishing = false;
		}
	}

	#request(content: ReportContent): PublicationRequest {
		return { content, ran: this.#ran, reportId: this.reportId || null, slug: this.slug };
	}

	#fail(cause: unknown): void {
		this.error = cause instanceof AppError ? cause : new AppError('unexpected');
	}
}

/** The same report with words where some are still to be written: the terms do not depend on them. */
function worded(content: ReportContent): ReportContent {
	return {
		...content,
		title: content.title || '…',
		authors: content.authors.length ? content.authors : ['…'],
		blocks: content.blocks.map((block) => ({
			...block,
			outputs: block.outputs.map((output) =>
				output.kind === 'picture' ? { ...output, alt: output.alt || '…' } : output
			)
		}))
	};
}
