/// <reference path="../../client.d.ts" />
