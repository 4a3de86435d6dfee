/**
 * A report in the making: the notebook's outputs as this page ran them, the author's choices, and what the server
 * says of the two. Before it is published, what is typed and chosen is kept on the device alone.
 */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { AppError } from '../core/errors.ts';
import type { PublishRefusal } from '../core/governance/publish.ts';
import type { Licence, LineageSource } from '../core/governance/terms.ts';
import type { Lang } from '../core/notebook/notebook.ts';
import type { ControlValue, Output, TableWindow } from '../core/protocol/messages.ts';
import {
	displayed,
	freezeReport,
	outputKey,
	sourcesOf,
	type RunCell
} from '../core/report/freeze.ts';
import {
	REPORT_LIMITS,
	REPORT_TABLE_ROWS,
	type LeftOut,
	type ReportContent
} from '../core/report/report.ts';
import type { KeptReport, KeptReports } from './kept-reports.ts';
import {
	askPublication,
	type ExploreOffer,
	type PublicationAnswer,
	type PublicationRequest
} from './publication.ts';
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
	readonly leftOut: readonly LeftOut[];
}

export interface ReportDraftParts {
	readonly notebookId: string;
	readonly workspace: Workspace;
	readonly title: string;
	readonly lang: Lang;
	readonly author: string;
	/** Where what is typed is kept until it is published. */
	readonly kept: KeptReports;
	/** For tests: `askPublication`. */
	readonly ask?: typeof askPublication;
}

export class ReportDraft {
	readonly lang: Lang;
	readonly #notebookId: string;
	readonly #workspace: Workspace;
	readonly #ask: typeof askPublication;
	readonly #kept: KeptReports;
	/** The choices that need not be kept: those it opened with, then those published; null before. */
	#start: string | null = null;

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

	/** Readers may explore it. Said anew for each publication: it is neither kept nor taken from the last version. */
	explorable = $state(false);
	/** What the server lets the author decide of it; null: there is nothing to explore. */
	explore = $state.raw<ExploreOffer | null>(null);
	refusals = $state.raw<readonly PublishRefusal[]>([]);
	/** The terms were asked about the outputs that are chosen now. */
	reviewed = $state(false);
	error = $state.raw<AppError | null>(null);
	publishing = $state(false);
	published = $state.raw<PublicationAnswer['published']>(null);

	constructor({ notebookId, workspace, title, lang, author, kept, ask }: ReportDraftParts) {
		this.#notebookId = notebookId;
		this.#workspace = workspace;
		this.#ask = ask ?? askPublication;
		this.#kept = kept;
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

	/** What is typed and chosen, without the descriptions that came with the charts. */
	readonly choices: KeptReport = $derived.by(() => {
		const { reportId, slug, title, summary, authors, licence } = this;
		const written = [...this.alts].filter(([key, alt]) => alt !== this.#described(key));
		return {
			...{ reportId, slug, title, summary, authors, licence },
			...{ shown: [...this.shown], omitted: [...this.omitted] },
			...{ alts: written, captions: [...this.captions] }
		};
	});

	/**
	 * Runs the notebook to its end and takes its outputs, then starts from the last version of the report that is to
	 * have a next one, and from what was typed and not published.
	 * @param offered ids of the reports that may take a version
	 */
	async open(
		next: { readonly id: string; readonly last: LastChoices | null } | null,
		offered: readonly string[] = next ? [next.id] : []
	): Promise<void> {
		try {
			const kept = await this.#kept.load();
			if (!(await this.#take())) return;
			if (next) {
				this.reportId = next.id;
				if (next.last) this.#resume(next.last);
			}
			this.#start = JSON.stringify(this.choices);
			if (kept) this.#restore(kept, offered);
			await this.review();
		} catch (cause) {
			this.#fail(cause);
		}
	}

	/** Keeps on the device what is typed and chosen; to call after each change. */
	keep(): Promise<void> {
		const { choices } = this;
		if (this.#start === null) return Promise.resolve();
		return this.#kept.keep(JSON.stringify(choices) === this.#start ? null : choices);
	}

	/** Waits until the notebook has come to rest, then takes its outputs as they stand. */
	async capture(): Promise<void> {
		try {
			if (await this.#take()) await this.review();
		} catch (cause) {
			this.#fail(cause);
		}
	}

	/** Runs the notebook as it now reads, and takes its outputs; what was typed stays. */
	async retake(): Promise<void> {
		this.#workspace.runAll();
		await this.capture();
	}

	/** Answers false where a later capture took its place. */
	async #take(): Promise<boolean> {
		const turn = ++this.#turn;
		const workspace = this.#workspace;
		await workspace.settled();
		if (turn !== this.#turn) return false;
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
		if (turn !== this.#turn) return false;
		for (const cell of cells)
			cell.outputs.forEach((output, index) => {
				const key = outputKey(cell.id, index);
				if (output.kind === 'picture' && !this.alts.has(key))
					this.alts.set(key, output.picture.description);
			});
		this.#ran = views.map((view) => ({ id: view.id, source: view.sent?.source ?? view.source }));
		this.#windows = windows;
		this.#cells = cells;
		return true;
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

	/** Starts from the last version of another report. */
	async resume(last: LastChoices): Promise<void> {
		this.#resume(last);
		await this.review();
	}

	/**
	 * What the author wrote last time, the code that they chose to show, and the results that they left out: a result
	 * of another kind that has taken the place of one is in, so that it is not left out unseen.
	 */
	#resume({ title, summary, authors, licence, blocks, leftOut }: LastChoices): void {
		this.title = title;
		this.summary = summary;
		this.authors = authors.join('\n');
		this.licence = licence;
		this.shown.clear();
		this.omitted.clear();
		for (const { cell, index, kind } of leftOut)
			if (this.#output(cell, index)?.kind === kind) this.omitted.add(outputKey(cell, index));
		for (const { cell, shown, words } of blocks) {
			if (shown) this.shown.add(cell);
			let next = 0;
			const outputs = this.#cells?.find(({ id }) => id === cell)?.outputs ?? [];
			outputs.forEach(({ kind }, index) => {
				const key = outputKey(cell, index);
				if (this.omitted.has(key)) return;
				// A result may be new, or gone: the next words of its kind are its own.
				const found = words.findIndex((one, place) => place >= next && one.kind === kind);
				const text = words[found]?.text;
				if (found >= 0) next = found + 1;
				if (text) (kind === 'picture' ? this.alts : this.captions).set(key, text);
			});
		}
	}

	/** Puts back what was typed, on the outputs that are there. */
	#restore(kept: KeptReport, offered: readonly string[]): void {
		const { slug, title, summary, authors, licence } = kept;
		Object.assign(this, { slug, title, summary, authors, licence });
		this.reportId = offered.includes(kept.reportId) ? kept.reportId : '';
		this.shown.clear();
		for (const cell of kept.shown) this.shown.add(cell);
		this.omitted.clear();
		for (const key of kept.omitted) if (this.#at(key)) this.omitted.add(key);
		for (const [key, alt] of kept.alts)
			if (this.#at(key)?.kind === 'picture') this.alts.set(key, alt);
		for (const [key, caption] of kept.captions) if (this.#at(key)) this.captions.set(key, caption);
	}

	#output(cell: string, index: number): Output | undefined {
		return this.#cells?.find(({ id }) => id === cell)?.outputs[index];
	}

	/** The output that a key names. */
	#at(key: string): Output | undefined {
		const end = key.lastIndexOf(':');
		return this.#output(key.slice(0, end), Number(key.slice(end + 1)));
	}

	/** The description that came with a chart. */
	#described(key: string): string | null {
		const output = this.#at(key);
		return output?.kind === 'picture' ? output.picture.description : null;
	}

	/** The results that are there and not published, as the server keeps them. */
	#leftOut(): LeftOut[] {
		return (this.#cells ?? []).flatMap(({ id: cell, outputs }) =>
			outputs.flatMap(({ kind }, index) =>
				this.omitted.has(outputKey(cell, index)) ? [{ cell, index, kind }] : []
			)
		);
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
			this.explore = null;
			return;
		}
		try {
			const request = this.#request(worded(content));
			const { refusals, explore } = await this.#ask(this.#notebookId, request, true);
			if (turn !== this.#turn) return;
			this.refusals = refusals;
			this.explore = explore;
			// A box that is no longer there to be seen says nothing.
			if (explore?.bar !== null) this.explorable = false;
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
			if (!answer.published) return;
			this.reportId = answer.published.reportId;
			this.explorable = false;
			this.#start = JSON.stringify(this.choices);
			await this.keep();
		} catch (cause) {
			this.#fail(cause);
		} finally {
			this.publishing = false;
		}
	}

	#request(content: ReportContent): PublicationRequest {
		const reportId = this.reportId || null;
		const { slug, explorable } = this;
		return { content, ran: this.#ran, reportId, slug, leftOut: this.#leftOut(), explorable };
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
