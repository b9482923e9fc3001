"""The batch: intake, integration, marts, controls and publication, in the order of tables read and written."""
