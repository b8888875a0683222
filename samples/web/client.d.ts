/// <reference path="../../types/client.d.ts" />
