const SIRI = 'xmlns:siri="http://www.siri.org.uk/siri"';

/** An OJP 2.0 answer with these deliveries. */
export function ojpAnswer(...deliveries: readonly string[]): Buffer {
  const head =
    '<siri:ResponseTimestamp>2026-05-04T07:59:58Z</siri:ResponseTimestamp><siri:ProducerRef>VMT</siri:ProducerRef>';
  return Buffer.from(
    `<OJP xmlns="http://www.vdv.de/ojp" ${SIRI} version="2.0"><OJPResponse><siri:ServiceDelivery>${head}${deliveries.join('')}</siri:ServiceDelivery></OJPResponse></OJP>`,
  );
}

/** An OJP 2.0 request with these questions. */
export function ojpRequest(...questions: readonly string[]): Buffer {
  const head =
    '<siri:RequestTimestamp>2026-05-04T07:59:58Z</siri:RequestTimestamp><siri:RequestorRef>saaltor</siri:RequestorRef>';
  return Buffer.from(
    `<OJP xmlns="http://www.vdv.de/ojp" ${SIRI} version="2.0"><OJPRequest><siri:ServiceRequest>${head}${questions.join('')}</siri:ServiceRequest></OJPRequest></OJP>`,
  );
}

/** A TRIAS 1.2 answer, its own elements with a prefix. */
export function triasAnswer(payload: string, status = ''): Buffer {
  const head =
    '<siri:ResponseTimestamp>2026-05-04T09:59:58+02:00</siri:ResponseTimestamp><siri:ProducerRef>EFA</siri:ProducerRef>';
  return Buffer.from(
    `<t:Trias xmlns:t="http://www.vdv.de/trias" ${SIRI} version="1.2"><t:ServiceDelivery>${head}${status}<t:DeliveryPayload>${payload}</t:DeliveryPayload></t:ServiceDelivery></t:Trias>`,
  );
}

export const CENTRE = `<Place><StopPlace><StopPlaceRef>de:16053:400</StopPlaceRef><StopPlaceName><Text>Zentrum</Text></StopPlaceName>
  <TopographicPlaceRef>16053000:1</TopographicPlaceRef></StopPlace><Name><Text xml:lang="de">Jena, Zentrum</Text><Text xml:lang="en">Jena, Centre</Text></Name>
  <GeoPosition><siri:Longitude>11.5861</siri:Longitude><siri:Latitude>50.9284</siri:Latitude></GeoPosition>
  <Mode><PtMode>tram</PtMode><siri:TramSubmode>cityTram</siri:TramSubmode></Mode></Place>`;

export const LOCATIONS = `<OJPLocationInformationDelivery><siri:Status>true</siri:Status>
  <PlaceResult>${CENTRE}<Complete>true</Complete><Probability>0.875</Probability></PlaceResult>
  <PlaceResult><Place><Name><Text>irgendwo</Text></Name></Place><Complete>true</Complete></PlaceResult>
  <PlaceResult><Place><Address><PublicCode>a1</PublicCode><Name><Text>Lange Gasse</Text></Name></Address></Place><Complete>false</Complete></PlaceResult>
  </OJPLocationInformationDelivery>`;

export const SERVICE = `<Service><OperatingDayRef>2026-05-04</OperatingDayRef><JourneyRef>vmt:34:1017</JourneyRef><siri:LineRef>vmt:34</siri:LineRef>
  <siri:DirectionRef>H</siri:DirectionRef><Mode><PtMode>tram</PtMode><Name><Text xml:lang="de">Straßenbahn</Text></Name></Mode>
  <PublishedServiceName><Text>34</Text></PublishedServiceName><OperatorRefs><OperatorRef>jnv</OperatorRef></OperatorRefs>
  <Attribute><UserText><Text>Niederflur</Text></UserText><Code>A_NF</Code></Attribute>
  <OriginText><Text>Lobeda-Ost</Text></OriginText><DestinationStopPointRef>de:16053:410</DestinationStopPointRef>
  <DestinationText><Text>Zwätzen</Text></DestinationText></Service>`;

export const STOP_EVENTS = `<OJPStopEventDelivery><StopEventResponseContext><Places>${CENTRE}</Places></StopEventResponseContext>
  <StopEventResult><Id>e1</Id><StopEvent>
  <ThisCall><CallAtStop><siri:StopPointRef>de:16053:400:1:1</siri:StopPointRef><StopPointName><Text>Zentrum</Text></StopPointName>
    <PlannedQuay><Text>A</Text></PlannedQuay><EstimatedQuay><Text>B</Text></EstimatedQuay>
    <ServiceDeparture><TimetabledTime>2026-05-04T10:05:00+02:00</TimetabledTime><EstimatedTime>2026-05-04T10:07:30+02:00</EstimatedTime></ServiceDeparture>
    <Order>9</Order></CallAtStop></ThisCall>
  <OnwardCall><CallAtStop><siri:StopPointRef>de:16053:410:1:1</siri:StopPointRef><StopPointName><Text>Zwätzen</Text></StopPointName>
    <ServiceArrival><TimetabledTime>2026-05-04T10:21:00+02:00</TimetabledTime></ServiceArrival><NotServicedStop>true</NotServicedStop></CallAtStop></OnwardCall>
  ${SERVICE}</StopEvent></StopEventResult>
  <StopEventResult><Id>e2</Id><StopEvent><ThisCall><CallAtStop><siri:StopPointRef>x</siri:StopPointRef>
    <ServiceDeparture><TimetabledTime>gleich</TimetabledTime></ServiceDeparture></CallAtStop></ThisCall>${SERVICE}</StopEvent></StopEventResult>
  </OJPStopEventDelivery>`;

export const TRIPS = `<OJPTripDelivery><TripResult><Id>t1</Id><Trip><Id>t1</Id><Duration>PT25M</Duration>
  <StartTime>2026-05-04T08:00:00Z</StartTime><EndTime>2026-05-04T08:25:00Z</EndTime><Transfers>0</Transfers><Distance>4100</Distance>
  <Leg><Id>1</Id><Duration>PT4M</Duration><ContinuousLeg><LegStart><GeoPosition><siri:Longitude>11.6</siri:Longitude><siri:Latitude>50.9</siri:Latitude></GeoPosition><Name><Text>Start</Text></Name></LegStart>
    <LegEnd><siri:StopPointRef>de:16053:400:1:1</siri:StopPointRef><Name><Text>Zentrum</Text></Name></LegEnd>
    <Service><PersonalModeOfOperation>own</PersonalModeOfOperation><PersonalMode>foot</PersonalMode></Service>
    <TimeWindowStart>2026-05-04T08:00:00Z</TimeWindowStart><TimeWindowEnd>2026-05-04T08:04:00Z</TimeWindowEnd><Length>210</Length></ContinuousLeg></Leg>
  <Leg><Id>2</Id><TimedLeg><LegBoard><siri:StopPointRef>de:16053:400:1:1</siri:StopPointRef><StopPointName><Text>Zentrum</Text></StopPointName>
      <ServiceDeparture><TimetabledTime>2026-05-04T08:05:00Z</TimetabledTime></ServiceDeparture></LegBoard>
    <LegAlight><siri:StopPointRef>de:16053:410:1:1</siri:StopPointRef><StopPointName><Text>Zwätzen</Text></StopPointName>
      <ServiceArrival><TimetabledTime>2026-05-04T08:21:00Z</TimetabledTime></ServiceArrival></LegAlight>${SERVICE}</TimedLeg></Leg>
  <Leg><Id>3</Id><TransferLeg><TransferType>walk</TransferType><LegStart><siri:StopPointRef>de:16053:410:1:1</siri:StopPointRef></LegStart>
    <LegEnd><siri:StopPointRef>de:16053:411:1:1</siri:StopPointRef></LegEnd><Duration>P0Y0M0DT0H4M0S</Duration></TransferLeg></Leg>
  </Trip></TripResult></OJPTripDelivery>`;

export const FARES = `<OJPFareDelivery><FareResult><Id>f1</Id><TripFareResult>
  <FareProduct><FareProductId>ez</FareProductId><FareProductName>Einzelfahrt</FareProductName><FareAuthorityRef>vmt</FareAuthorityRef><Price>2.7</Price><Currency>EUR</Currency><FareClass>secondClass</FareClass></FareProduct>
  <FareProduct><FareProductId>gruppe</FareProductId></FareProduct></TripFareResult></FareResult></OJPFareDelivery>`;

/** In TRIAS texts are repeated with their language, lines stand in sections, platforms are bays. */
export const TRIAS_STOP_EVENTS = `<t:StopEventResponse><t:StopEventResult><t:ResultId>r1</t:ResultId><t:StopEvent><t:ThisCall><t:CallAtStop>
  <t:StopPointRef>de:16053:400:1:1</t:StopPointRef><t:StopPointName><t:Text>Zentrum</t:Text><t:Language>de</t:Language></t:StopPointName>
  <t:StopPointName><t:Text>Centre</t:Text><t:Language>en</t:Language></t:StopPointName><t:PlannedBay><t:Text>2</t:Text></t:PlannedBay>
  <t:ServiceDeparture><t:TimetabledTime>2026-05-04T10:05:00</t:TimetabledTime></t:ServiceDeparture><t:StopSeqNumber>3</t:StopSeqNumber></t:CallAtStop></t:ThisCall>
  <t:Service><t:OperatingDayRef>2026-05-04</t:OperatingDayRef><t:JourneyRef>j</t:JourneyRef><t:ServiceSection><t:LineRef>vmt:35</t:LineRef><t:Mode><t:PtMode>tram</t:PtMode></t:Mode>
  <t:PublishedLineName><t:Text>35</t:Text></t:PublishedLineName><t:OperatorRef>jnv</t:OperatorRef></t:ServiceSection>
  <t:DestinationText><t:Text>Winzerla</t:Text></t:DestinationText><t:Cancelled>true</t:Cancelled></t:Service></t:StopEvent></t:StopEventResult></t:StopEventResponse>`;
