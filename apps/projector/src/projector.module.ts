import { Module } from '@nestjs/common';

/** The projector has no calls of its own; its door shows health and metrics. */
@Module({})
// oxlint-disable-next-line typescript/no-extraneous-class -- Nest knows modules by their class
export class ProjectorModule {}
