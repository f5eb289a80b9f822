import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '#lib/kernel';
import type { EdmModel } from './edm-model.js';
import { readEdmx } from './read-edmx.js';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 300);
const EDM = 'http://schemas.microsoft.com/ado/2008/09/edm';

function edmx(schema: string, attributes = 'Namespace="S"'): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx"',
    ' xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"',
    ' xmlns:sap="http://www.sap.com/Protocols/SAPData"><edmx:DataServices m:DataServiceVersion="2.0">',
    `<Schema ${attributes} xmlns="${EDM}">${schema}</Schema></edmx:DataServices></edmx:Edmx>`,
  ].join('');
}

const METER = [
  '<EntityType Name="Meter" m:HasStream="true" sap:label="Zähler"><Key><PropertyRef Name="Id"/></Key>',
  '<Property Name="Id" Type="Edm.String" Nullable="false" MaxLength="18" sap:filterable="false"/>',
  '<Property Name="Reading" Type="Edm.Decimal" Precision="31" Scale="14" ConcurrencyMode="Fixed"/>',
  '<Property Name="Note" Type="Edm.String" MaxLength="Max" FixedLength="true" DefaultValue="-"/>',
  '<Property Name="Places" Type="S.Place" CollectionKind="List"/>',
  '<NavigationProperty Name="Registers" Relationship="S.MeterRegisters" FromRole="Meter" ToRole="Registers"/>',
  '</EntityType><EntityType Name="Register" BaseType="S.Meter" Abstract="true"/>',
  '<ComplexType Name="Place"><Property Name="Floor" Type="Edm.Int32"/></ComplexType>',
  '<EnumType Name="Kind" IsFlags="True"><Member Name="Power" Value="1"/><Member Name="Gas"/></EnumType>',
  '<Association Name="MeterRegisters"><End Type="S.Meter" Multiplicity="1" Role="Meter"/>',
  '<End Type="S.Register" Multiplicity="*" Role="Registers"/><ReferentialConstraint>',
  '<Principal Role="Meter"><PropertyRef Name="Id"/></Principal>',
  '<Dependent Role="Registers"><PropertyRef Name="MeterId"/></Dependent></ReferentialConstraint></Association>',
].join('');
const CONTAINER = [
  '<EntityContainer Name="S_Entities" m:IsDefaultEntityContainer="true" sap:supported-formats="atom json">',
  '<EntitySet Name="Meters" EntityType="S.Meter" sap:creatable="false"/>',
  '<AssociationSet Name="MeterRegistersSet" Association="S.MeterRegisters">',
  '<End EntitySet="Meters" Role="Meter"/><End EntitySet="Registers"/></AssociationSet>',
  '<FunctionImport Name="Find" ReturnType="Collection(S.Meter)" EntitySet="Meters" m:HttpMethod="GET">',
  '<Parameter Name="Id" Type="Edm.String" Mode="In" Nullable="false" MaxLength="18"/></FunctionImport>',
  '<FunctionImport Name="Refresh"/></EntityContainer>',
  '<Annotations Target="S.Meter" xmlns="http://docs.oasis-open.org/odata/ns/edm"><Annotation Term="x"/></Annotations>',
].join('');

const read = (text: string): EdmModel => readEdmx(Buffer.from(text));
const typesOf = (schema: string): EdmModel['schemas'][number] | undefined => read(edmx(schema)).schemas[0];

describe('readEdmx', () => {
  const model = read(edmx(METER + CONTAINER, 'Namespace="S" Alias="Self" sap:schema-version="1"'));
  const [schema] = model.schemas;

  it('reads version and schema', () => {
    expect(model).toMatchObject({ dataServiceVersion: '2.0', omissions: [] });
    expect(schema).toMatchObject({ namespace: 'S', alias: 'Self', sap: { 'schema-version': '1' } });
  });

  it('reads entity types with key, facets, navigation and annotations', () => {
    const none = { fixedLength: false, precision: null, scale: null, defaultValue: null, concurrency: false, sap: {} };
    const open = { ...none, collection: false, nullable: true, maxLength: null };
    expect(schema?.entityTypes[0]).toEqual({
      name: 'Meter',
      baseType: null,
      abstract: false,
      hasStream: true,
      keys: ['Id'],
      sap: { label: 'Zähler' },
      properties: [
        { ...open, name: 'Id', type: 'Edm.String', nullable: false, maxLength: 18, sap: { filterable: 'false' } },
        { ...open, name: 'Reading', type: 'Edm.Decimal', precision: 31, scale: 14, concurrency: true },
        { ...open, name: 'Note', type: 'Edm.String', maxLength: 'max', fixedLength: true, defaultValue: '-' },
        { ...open, name: 'Places', type: 'S.Place', collection: true },
      ],
      navigations: [
        {
          name: 'Registers',
          relationship: 'S.MeterRegisters',
          fromRole: 'Meter',
          toRole: 'Registers',
          target: { type: 'S.Register', multiplicity: '*' },
          sap: {},
        },
      ],
    });
    expect(schema?.entityTypes[1]).toMatchObject({ baseType: 'S.Meter', abstract: true, keys: [] });
  });

  it('reads complex types, enumerations and associations', () => {
    expect(schema?.complexTypes).toMatchObject([{ name: 'Place', properties: [{ name: 'Floor' }] }]);
    expect(schema?.enumTypes).toEqual([
      {
        name: 'Kind',
        underlyingType: 'Edm.Int32',
        flags: true,
        members: [
          { name: 'Power', value: '1' },
          { name: 'Gas', value: null },
        ],
      },
    ]);
    expect(schema?.associations[0]?.constraint).toEqual({
      principal: { role: 'Meter', properties: ['Id'] },
      dependent: { role: 'Registers', properties: ['MeterId'] },
    });
  });

  it('reads the container with sets and functions', () => {
    expect(schema?.containers).toMatchObject([
      {
        name: 'S_Entities',
        isDefault: true,
        sap: { 'supported-formats': 'atom json' },
        entitySets: [{ name: 'Meters', entityType: 'S.Meter', sap: { creatable: 'false' } }],
        associationSets: [{ ends: [{ role: 'Meter', entitySet: 'Meters' }, { role: null }] }],
        functionImports: [
          {
            name: 'Find',
            returns: { type: 'S.Meter', collection: true },
            httpMethod: 'GET',
            parameters: [{ name: 'Id', mode: 'In', nullable: false, maxLength: 18 }],
          },
          { name: 'Refresh', returns: null, entitySet: null, httpMethod: null, parameters: [] },
        ],
      },
    ]);
  });

  it('follows a relationship by the alias and into another schema', () => {
    const types = '<EntityType Name="A"><NavigationProperty Name="B" Relationship="T.R" FromRole="A" ToRole="B"/>';
    const other = `<Schema Namespace="Other" Alias="T" xmlns="http://schemas.microsoft.com/ado/2006/04/edm"><Association Name="R"><End Type="S.A" Multiplicity="1"/><End Type="S.B" Multiplicity="0..1"/></Association></Schema>`;
    const both = edmx(`${types}</EntityType>`).replace('</Schema>', `</Schema>${other}`);
    expect(read(both)).toMatchObject({
      schemas: [{ entityTypes: [{ navigations: [{ target: { type: 'S.B', multiplicity: '0..1' } }] }] }, {}],
      omissions: [],
    });
  });

  it('keeps a navigation along an unknown association and reports it', () => {
    const type =
      '<EntityType Name="A"><NavigationProperty Name="B" Relationship="S.R" FromRole="A" ToRole="B"/></EntityType>';
    expect(read(edmx(type))).toMatchObject({
      schemas: [{ entityTypes: [{ navigations: [{ name: 'B', target: null }] }] }],
      omissions: [{ path: 'Schema[0].EntityType[0].NavigationProperty[0]' }],
    });
  });

  it('leaves out what is malformed, with its place, and never half a key', () => {
    const property = '<Property Name="A" Type="Edm.String" MaxLength="ten"/><Property Name="B" Type="Edm.String"/>';
    const { schemas, omissions } = read(
      edmx(
        `<ComplexType Name="C">${property}</ComplexType><EntityType Name="E"><Key><PropertyRef/></Key></EntityType>`,
      ),
    );
    expect(schemas).toMatchObject([{ complexTypes: [{ properties: [{ name: 'B' }] }], entityTypes: [] }]);
    expect(omissions).toEqual([
      { path: 'Schema[0].EntityType[0].Key[0].PropertyRef[0].Name', reason: 'is missing' },
      { path: 'Schema[0].ComplexType[0].Property[0].MaxLength', reason: 'is not a whole number' },
    ]);
  });

  it('takes names of the prototype for names', () => {
    const type = '<ComplexType Name="constructor" sap:toString="x"><Property Name="a" Type="toString"/></ComplexType>';
    expect(typesOf(type)?.complexTypes).toMatchObject([{ name: 'constructor', sap: { toString: 'x' } }]);
  });

  it.each([
    ['OData 4', '<edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0"/>', '$'],
    ['another document', '<service/>', '$'],
    ['no schema', edmx('').replaceAll(EDM, 'urn:x'), 'Edmx.DataServices.Schema'],
    ['a schema without namespace', edmx('', ''), 'Schema[0].Namespace'],
    ['an external entity', `<!DOCTYPE e [<!ENTITY x SYSTEM "file:///etc/hostname">]>${edmx('&x;')}`, '$'],
    ['an entity bomb', `<!DOCTYPE e [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>${edmx('&b;')}`, '$'],
    ['nothing', '', '$'],
  ])('refuses %s', (_case, text, path) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({ code: 'UPSTREAM_MALFORMED', details: expect.objectContaining({ path }) }),
    );
  });

  it('answers any mangled document with data or a reasoned refusal', () => {
    const whole = edmx(METER + CONTAINER);
    const words = fc.oneof(
      fc.string({ maxLength: 10 }),
      fc.constantFrom('<', '>', '"', '&', '</Schema>', '<Key>', 'Name=""', ' xmlns="urn:x"', '<![CDATA[', '&#0;'),
    );
    const edits = fc.array(fc.tuple(fc.nat(whole.length), fc.nat(30), words), { minLength: 1, maxLength: 5 });
    const tokens = whole.match(/"[^"]*"|<[^\s>]+|[^"<]+/g) ?? [];
    const swaps = fc.array(fc.tuple(fc.nat(tokens.length - 1), fc.nat(tokens.length - 1)), { maxLength: 6 });
    const mangled = fc.oneof(
      edits.map((all) => all.reduce((text, [at, gap, put]) => text.slice(0, at) + put + text.slice(at + gap), whole)),
      // Keeps the XML whole more often, so that the reader behind it is reached.
      swaps.map((all) => all.reduce((list, [to, from]) => list.with(to, list[from] ?? ''), [...tokens]).join('')),
    );
    fc.assert(
      fc.property(mangled, (text) => {
        try {
          expect(read(text).schemas.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: RUNS },
    );
  });
});
