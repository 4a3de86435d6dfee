CREATE TABLE `pool_contract_versions` (
	`pool_id` text NOT NULL,
	`number` integer NOT NULL,
	`generation` integer NOT NULL,
	`contract` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`pool_id`, `number`),
	FOREIGN KEY (`pool_id`) REFERENCES `pools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `pool_invitations` (
	`pool_id` text NOT NULL,
	`person_id` text NOT NULL,
	`invited_by` text NOT NULL,
	`invited_at` integer NOT NULL,
	PRIMARY KEY(`pool_id`, `person_id`),
	FOREIGN KEY (`pool_id`) REFERENCES `pools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`invited_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `pool_invitations_person` ON `pool_invitations` (`person_id`);--> statement-breakpoint
CREATE TABLE `pool_members` (
	`pool_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`joined_by` text NOT NULL,
	`joined_at` integer NOT NULL,
	PRIMARY KEY(`pool_id`, `organisation_id`),
	FOREIGN KEY (`pool_id`) REFERENCES `pools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`joined_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `pool_members_organisation` ON `pool_members` (`organisation_id`);--> statement-breakpoint
CREATE TABLE `pool_parts` (
	`id` text PRIMARY KEY NOT NULL,
	`pool_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`period` text NOT NULL,
	`number` integer NOT NULL,
	`contract_version` integer NOT NULL,
	`hash` text NOT NULL,
	`byte_length` integer NOT NULL,
	`rows` integer NOT NULL,
	`columns` text NOT NULL,
	`contributed_by` text NOT NULL,
	`contributed_at` integer NOT NULL,
	`superseded_at` integer,
	`withdrawn_at` integer,
	`purge_at` integer,
	`purged_at` integer,
	FOREIGN KEY (`pool_id`) REFERENCES `pools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`contributed_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pool_parts_number` ON `pool_parts` (`pool_id`,`organisation_id`,`period`,`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `pool_parts_standing` ON `pool_parts` (`pool_id`,`organisation_id`,`period`) WHERE superseded_at is null and withdrawn_at is null;--> statement-breakpoint
CREATE INDEX `pool_parts_hash` ON `pool_parts` (`hash`);--> statement-breakpoint
CREATE TABLE `pool_version_parts` (
	`dataset_version_id` text NOT NULL,
	`part_id` text NOT NULL,
	PRIMARY KEY(`dataset_version_id`, `part_id`),
	FOREIGN KEY (`dataset_version_id`) REFERENCES `dataset_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`part_id`) REFERENCES `pool_parts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `pool_version_parts_part` ON `pool_version_parts` (`part_id`);--> statement-breakpoint
CREATE TABLE `pools` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`contract_version` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `pools_organisation` ON `pools` (`organisation_id`);--> statement-breakpoint
ALTER TABLE `dataset_versions` ADD `withdrawn_at` integer;--> statement-breakpoint
ALTER TABLE `dataset_versions` ADD `purge_at` integer;--> statement-breakpoint
ALTER TABLE `dataset_versions` ADD `purged_at` integer;--> statement-breakpoint
CREATE INDEX `dataset_versions_purge` ON `dataset_versions` (`purge_at`);--> statement-breakpoint
ALTER TABLE `datasets` ADD `pool_id` text REFERENCES pools(id);--> statement-breakpoint
CREATE UNIQUE INDEX `datasets_pool` ON `datasets` (`pool_id`);