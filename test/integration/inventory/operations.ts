const LINES = `lines { lotId unit doses pieces accepted rejected rejectReason short shortReason over overReason }`;
export const SHIPMENT = `__typename ... on StockShipment { id facilityId toFacilityId state requisitionId returnsId returnReason ${LINES} }
  ... on Refusal { message }`;
export const ALLOCATE = `mutation ($input: AllocateStockInput!) { answer: allocateStock(input: $input) { ${SHIPMENT}
  ... on NotEnoughStock { products { productCode short } } } }`;
export const DESPATCH = `mutation ($input: ShipmentInput!) { answer: despatchStock(input: $input) { ${SHIPMENT} } }`;
export const PACK = `mutation ($input: PackShipmentInput!) { answer: packShipment(input: $input) { __typename
  ... on StockShipment { boxes { unit lots { lotId doses } } } ... on PackingDiffers { lots { lotId setAside packed } } } }`;
export const CANCEL = `mutation ($input: ShipmentInput!) { answer: cancelShipment(input: $input) { id state } }`;
export const RECEIVE = `mutation ($input: ReceiveShipmentInput!) { answer: receiveShipment(input: $input) { ${SHIPMENT}
  ... on ReceiptDiffers { lots { lotId shipped difference } } ... on UnfitNotAccepted { lotIds } } }`;
const REQUISITION = `__typename ... on StockRequisition { id facilityId supplierId state shipmentId
    lines { productCode unit usable onTheWay proposed requested reason approved cutReason } } ... on Refusal { message }`;
export const REQUEST = `mutation ($input: RequestStockInput!) { answer: requestStock(input: $input) { ${REQUISITION}
  ... on RequestNeedsReason { products { productCode proposed requested } } } }`;
export const DECIDE = `mutation ($input: DecideRequisitionInput!) { answer: decideRequisition(input: $input) { ${REQUISITION} } }`;
export const ALLOCATE_FOR = `mutation ($input: RequisitionInput!) { answer: allocateRequisition(input: $input) { ${SHIPMENT}
  ... on NotEnoughStock { products { productCode short } } } }`;
export const SET_LEVEL = `mutation ($input: SetStockLevelInput!) { answer: setStockLevel(input: $input) {
  productCode unit usable minDoses reorderDoses maxDoses toAskFor alerts } }`;
export const WASTAGE = `query ($facilityId: ID, $areaId: ID, $from: Date!, $to: Date!, $first: Int) { answer: stockWastage(facilityId: $facilityId,
  areaId: $areaId, from: $from, to: $to, first: $first) { asOf definitions { figure text } items { facilityId unit given opened unopened rate openedRate
  reasons { reason opened unopened } } products { productCode unit given opened unopened reasons { reason opened unopened } } } }`;
export const HOLD = `mutation ($input: HoldLotInput!) { answer: holdLot(input: $input) { id } }`;
export const RECALL = `query ($lotId: ID!) { answer: lotRecall(lotId: $lotId) { lotNumber unit onHand setAside onTheWay setApart awaitingDestruction given
  boxes { unit facilityId toFacilityId shipmentId doses pieces }
  facilities { facilityId onHand setAside onTheWay setApart awaitingDestruction given persons } } }`;
export const PRODUCT = 'penta-10';
