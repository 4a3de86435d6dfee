/** Explores a report in this page, in a worker of its own. Browser only. */
import { AppError } from '../core/errors.ts';
import type { Lang } from '../core/notebook/notebook.ts';
import type { Explorable, ReportContent } from '../core/report/report.ts';
import { watchDark } from './colour-scheme.ts';
import { loadReportFile } from './dataset-files.ts';
import { Exploration } from './exploration.svelte.ts';
import { SandboxHost } from './sandbox-host.ts';

export interface ExplorationParts {
	readonly report: {
		readonly slug: string;
		readonly lang: Lang;
		readonly number: number;
		readonly content: ReportContent;
	};
	readonly explore: Explorable;
	/** Where the hidden frame lives. */
	readonly container: HTMLElement;
}

export interface OpenExploration {
	readonly exploration: Exploration;
	/** Ends the worker. */
	close(): void;
}

export function openExploration({ report, explore, container }: ExplorationParts): OpenExploration {
	let dark = false;
	let unwatch = watchDark((now) => (dark = now));
	unwatch();
	let host: SandboxHost | null = null;
	const exploration = new Exploration(report.content, explore, (on) => {
		host = new SandboxHost({
			container,
			lang: report.lang,
			dark,
			loadFile: async (name) => {
				try {
					return await loadReportFile(report, explore.files, name);
				} catch (cause) {
					// Without its data there is nothing to explore: offline, or its owner ended it meanwhile.
					if (explore.files.includes(name))
						on.failed(cause instanceof AppError ? cause.code : 'unexpected');
					throw cause;
				}
			},
			on: on.message,
			onLost: (loss) => on.replaced(loss.code),
			onFailed: (error) => on.failed(error.code)
		});
		return host;
	});
	unwatch = watchDark((now) => host?.setLocale(report.lang, now));
	return {
		exploration,
		close() {
			unwatch();
			exploration.destroy();
		}
	};
}
