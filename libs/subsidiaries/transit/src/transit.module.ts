import { Module } from '@nestjs/common';
import { AlertService } from './alert.service.js';
import { GtfsBackend } from './backend/gtfs.backend.js';
import { HafasBackend } from './backend/hafas.backend.js';
import { ShopBackend } from './backend/shop.backend.js';
import { PauseSubscription } from './commands/pause-subscription.js';
import { BarcodeResolver } from './graph/barcode.resolver.js';
import { FareSubscriptionResolver } from './graph/fare-subscription.resolver.js';
import { PausesResolver } from './graph/pauses.resolver.js';
import { ServiceAlertResolver } from './graph/service-alert.resolver.js';
import { StopResolver } from './graph/stop.resolver.js';
import { CustomerTransitResolver } from './graph/transit-customer.resolver.js';
import { DeparturesController } from './partner/departures.controller.js';
import { TicketsController } from './partner/tickets.controller.js';
import { StopService } from './stop.service.js';
import { BarcodeDrawer } from './tickets/barcode-drawer.js';
import { TimetableKeeper } from './timetable-keeper.js';
import { TimetableService } from './timetable.service.js';
import { TransitLinkProof } from './transit.link-proof.js';
import { TransitService } from './transit.service.js';

@Module({
  controllers: [DeparturesController, TicketsController],
  providers: [
    AlertService,
    BarcodeDrawer,
    GtfsBackend,
    HafasBackend,
    PauseSubscription,
    ShopBackend,
    StopService,
    TimetableKeeper,
    TimetableService,
    TransitLinkProof,
    TransitService,
    BarcodeResolver,
    CustomerTransitResolver,
    FareSubscriptionResolver,
    PausesResolver,
    ServiceAlertResolver,
    StopResolver,
  ],
})
export class TransitModule {}
