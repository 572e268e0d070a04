:setvar Db "Shop"
:setvar Table Orders
:on error exit
:r .\other.sql
!!dir
USE [$(Db)]
GO
SELECT '$(db).$(TABLE)' AS name, $(Table).id FROM dbo.$(Table) WHERE path = '$(Unset)\x' AND a = $(Unknown)
