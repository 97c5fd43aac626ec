import type { LaterReadModel } from '#read-model';
import type { History } from './use-cases/history.ts';

/** The history of a process that may have started before its database. */
export function laterHistory(readModel: Pick<LaterReadModel, 'ask'>): History {
  return {
    listDeliveries: (...given) => readModel.ask((queries) => queries.listDeliveries(...given)),
    getDelivery: (...given) => readModel.ask((queries) => queries.getDelivery(...given)),
    listEvents: (...given) => readModel.ask((queries) => queries.listEvents(...given)),
    listAudit: (...given) => readModel.ask((queries) => queries.listAudit(...given)),
    findEvents: (...given) => readModel.ask((queries) => queries.findEvents(...given)),
    getEvent: (...given) => readModel.ask((queries) => queries.getEvent(...given)),
    redrivenAt: (...given) => readModel.ask((queries) => queries.redrivenAt(...given)),
    isQuarantined: (...given) => readModel.ask((queries) => queries.isQuarantined(...given)),
    listQuarantine: (...given) => readModel.ask((queries) => queries.listQuarantine(...given)),
    deliveriesReached: () => readModel.ask((queries) => queries.deliveriesReached()),
    deliveryMarks: (...given) => readModel.ask((queries) => queries.deliveryMarks(...given)),
    activity: (...given) => readModel.ask((queries) => queries.activity(...given)),
    recentMinutes: () => readModel.ask((queries) => queries.recentMinutes()),
    overview: () => readModel.ask((queries) => queries.overview()),
    replayPage: (...given) => readModel.ask((queries) => queries.replayPage(...given)),
    replayTally: (...given) => readModel.ask((queries) => queries.replayTally(...given)),
    projectedTo: (...given) => readModel.ask((queries) => queries.projectedTo(...given)),
    chainCounts: (...given) => readModel.ask((queries) => queries.chainCounts(...given)),
    heldCount: (...given) => readModel.ask((queries) => queries.heldCount(...given)),
    lastUses: (...given) => readModel.ask((queries) => queries.lastUses(...given)),
  };
}
