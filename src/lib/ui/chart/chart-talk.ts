/** What a chart needs to be discussed point by point. A report's charts have none of it. */
import type { KeyPart } from '$lib/core/annotation/anchor';

/** A discussion about a point that the chart has. */
export interface PointThread {
	readonly thread: string;
	/** Which layer of its tips, and which of its points. */
	readonly layer: number;
	readonly at: number;
	/** It is the one that is shown. */
	readonly current: boolean;
	readonly resolved: boolean;
}

export interface ChartTalk {
	readonly threads: readonly PointThread[];
	/** @param words how the point reads */
	comment(mark: string, keys: readonly KeyPart[], words: string): void;
	open(thread: string): void;
}
