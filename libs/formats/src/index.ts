export { readInput } from './wire/read-input.js';
export { malformed, readRows, WireObject } from './wire/wire-object.js';
export { readEnvelope } from './soap/read-envelope.js';
export { type SoapFault } from './soap/read-fault.js';
export { element, writeEnvelope } from './soap/write-envelope.js';
export { readGateCounters, readTicosFile } from './ticos/read-ticos.js';
export {
  readTillAnswer,
  readTillBalances,
  readTillClients,
  type TillAnswer,
  type TillBalances,
  type TillClient,
} from './till/read-answer.js';
export { tillReturnCode } from './till/return-codes.js';
export { writeClientDeposit, writeGetClientsEx } from './till/write-request.js';
export { isIban } from './identifiers/iban.js';
export { isMarketLocation, isMarketPartnerCode, isMeteringLocation } from './identifiers/market-location.js';
export { readBo4e } from './bo4e/read-bo4e.js';
export { kindOfAnswer, type AnswerKind } from './odata/answer-kind.js';
export { readBatch, type BatchAnswer } from './odata/batch/read-batch.js';
export { readBatchFile } from './odata/batch/read-batch-file.js';
export { writeBatch, type BatchWrite } from './odata/batch/write-batch.js';
export { type EdmModel } from './odata/edmx/edm-model.js';
export { readEdmx } from './odata/edmx/read-edmx.js';
export { readGatewayError } from './odata/gateway-error.js';
export {
  dayField,
  decimalField,
  endDayField,
  expandedEntity,
  expandedRows,
  flagField,
  instantField,
} from './odata/odata-fields.js';
export { parseODataJson } from './odata/odata-json.js';
export { odataKey } from './odata/odata-key.js';
export { readODataPage } from './odata/odata-page.js';
export { readODataDocument } from './odata/plain-document.js';
export { hafasResult } from './hafas/hafas-envelope.js';
export { stopLid } from './hafas/hafas-lid.js';
export { type HafasBoard, type HafasBoardEntry, type HafasLocation, type HafasRemark } from './hafas/hafas-model.js';
export { writeHafasRequest, type HafasAccess } from './hafas/hafas-request.js';
export { formatHafasTime } from './hafas/hafas-time.js';
export { readBoard } from './hafas/read-board.js';
export { readHafasFile } from './hafas/read-hafas-file.js';
export { readLocations } from './hafas/read-locations.js';
export { wodisObjectsCsv, wodisObjectsCsvFrom } from './wodis/wodis-archive.js';
export { splitWodisCsv } from './wodis/wodis-csv.js';
export { readWodisObject, type WodisObject } from './wodis/wodis-object.js';
export { openGtfs, type GtfsFiles } from './gtfs/gtfs-archive.js';
export { type GtfsCalendar, type GtfsCalendarDate, type GtfsPosition, type GtfsStop } from './gtfs/gtfs-model.js';
export { type GtfsRow } from './gtfs/gtfs-row.js';
export { readGtfsTable, type GtfsTable } from './gtfs/gtfs-table.js';
export {
  agencyTable,
  calendarDatesTable,
  calendarTable,
  frequenciesTable,
  routesTable,
  stopsTable,
  stopTimesTable,
  tripsTable,
} from './gtfs/gtfs-tables.js';
export { OmissionLog } from './gtfs/omission-log.js';
export { readGtfsFile } from './gtfs/read-gtfs-file.js';
export { expandCalendar, type Occurrence } from './ical/expand-calendar.js';
export { readCalendar } from './ical/read-calendar.js';
export { readCalendarFile } from './ical/read-calendar-file.js';
export { readHolidays } from './holidays/read-holidays.js';
export { readZmsDocument } from './zms/read-zms.js';
export { type RealtimeFeed, type RealtimeStopUpdate, type RealtimeTripUpdate } from './gtfsrt/gtfsrt-model.js';
export { readRealtime } from './gtfsrt/read-realtime.js';
export { type DamageNotification, type DtaRaPerson } from './dta-ra/dta-ra-model.js';
export { type ApplianceType, type RoomType } from './dta-ra/dta-ra-tables.js';
export { readDamageNotification } from './dta-ra/read-damage-notification.js';
export { readImage } from './dta-ra/read-image.js';
export { writeDamageNotification } from './dta-ra/write-damage-notification.js';
export { openImmoChunks } from './openimmo/feed-chunks.js';
export { OpenImmoFeedReader, type FeedEvent, type RefusedEstate } from './openimmo/feed-reader.js';
export {
  type EnergyPass,
  type OpenImmoEstate,
  type OpenImmoProvider,
  type OpenImmoTransfer,
} from './openimmo/openimmo-model.js';
export { readOpenImmoFile } from './openimmo/read-openimmo-file.js';
export { readOjp } from './ojp/read-ojp.js';
export { readTicket } from './tickets/read-ticket.js';
export { isZip } from './zip/zip-directory.js';
