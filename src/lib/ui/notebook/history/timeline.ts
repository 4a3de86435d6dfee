/** The versions of a history by days of Québec, and in each by runs of those that were kept by themselves. */
import { dayOf } from '$lib/core/moment';
import type { VersionListing } from '$lib/core/notebook/history';

export interface VersionRun {
	/** Kept by themselves, one after the other; the others stand alone or together. */
	readonly automatic: boolean;
	readonly versions: readonly VersionListing[];
}
export interface VersionDay {
	/** `2026-11-29`. */
	readonly day: string;
	readonly runs: readonly VersionRun[];
}

/** @param versions the latest first, as they stay */
export function timelineOf(versions: readonly VersionListing[]): VersionDay[] {
	const days: { day: string; runs: { automatic: boolean; versions: VersionListing[] }[] }[] = [];
	for (const version of versions) {
		const day = dayOf(version.at);
		const automatic = version.kind === 'automatic';
		let last = days.at(-1);
		if (last?.day !== day) days.push((last = { day, runs: [] }));
		const run = last.runs.at(-1);
		if (run?.automatic === automatic) run.versions.push(version);
		else last.runs.push({ automatic, versions: [version] });
	}
	return days;
}
